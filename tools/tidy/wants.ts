import { type Finding, folderOf, isTest, type Rule } from './tree.ts'

export const wantsPage = 'docs/wants.md'
/** `[name](../path.test.ts): "claim", "claim"`: a quote inside a claim is written `\"`. */
const proof = /\]\(([^)\s]+\.test\.tsx?)\):\s*((?:"(?:[^"\\]|\\.)*"(?:,\s*)?)+)/g
const claim = /"((?:[^"\\]|\\.)*)"/g

/** A promise to people stands on a test: the file is there, is a test, and still says what the page quotes of it. */
export const wantsShown: Rule = (tree) => {
  const page = tree.find(({ path }) => path === wantsPage)
  if (page === undefined) return []
  const files = new Map(tree.map((source) => [source.path, source.text]))
  const rows = page.text.split('\n').filter((line) => /^\| \d/.test(line))
  return rows.flatMap((row): Finding[] => {
    const want = /^\| (\d+)/.exec(row)?.[1] ?? ''
    const proofs = [...row.matchAll(proof)]
    if (proofs.length === 0) return [finding(`want ${want} names no test`)]
    return proofs.flatMap(([, target = '', claims = '']) => {
      const path = pathOf(target)
      const text = files.get(path)
      if (text === undefined || !isTest(path)) return [finding(`want ${want}: ${path} is no test`)]
      return [...claims.matchAll(claim)]
        .map(([, quoted = '']) => quoted.replaceAll('\\"', '"'))
        .filter((quoted) => !text.includes(quoted))
        .map((quoted) => finding(`want ${want}: ${path} does not claim “${quoted}”`))
    })
  })
}

const finding = (says: string): Finding => ({ rule: 'wants-shown', path: wantsPage, says })

/** Beside the page, one folder up: every room of the house. */
function pathOf(target: string): string {
  const parts = folderOf(wantsPage).split('/')
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return parts.filter((part) => part !== '').join('/')
}
