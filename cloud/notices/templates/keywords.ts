/** Whole answers, as people type them; Latin ones stand alone, because "no problem" is no "no". */
const accepting = new Set([
  'y',
  'yes',
  'ok',
  '1',
  '同意',
  '接受',
  '好',
  '好的',
  '可以',
  '是',
  '是的',
  '동의',
  '동의합니다',
  '동의해요',
  '동의함',
  '예',
  '네',
  '수락',
])
const declining = new Set([
  'n',
  'no',
  '0',
  '拒收',
  '拒绝',
  '不同意',
  '不要',
  '不',
  '否',
  '不可以',
  '거절',
  '거절합니다',
  '거절해요',
  '거절함',
  '아니오',
  '아니요',
  '싫어요',
])

/** Full width, case, spaces and punctuation do not matter; what is neither is undefined, and nothing happens. */
export function readKeyword(text: string): 'accept' | 'decline' | undefined {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const whole = words.join('')
  const first = words[0] ?? ''
  // Thanks and the like may follow where words do not change their meaning by what comes after.
  const said = [whole, /^\p{ASCII}*$/u.test(first) ? whole : first]
  if (said.some((word) => declining.has(word))) return 'decline'
  return said.some((word) => accepting.has(word)) ? 'accept' : undefined
}
