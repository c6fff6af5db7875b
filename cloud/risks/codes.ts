import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type RisksRefusal = 'alert-unknown' | 'alert-not-asked' | 'help-too-often' | 'help-place-unknown'

export const risksCodes = {
  'alert-unknown': { status: 404, ...say('There is no such alert.', '没有该告警。', '해당 알림이 없습니다.') },
  'alert-not-asked': {
    status: 409,
    ...say(
      'Nobody waits for a call here: the alert is settled, or it ends with its cause.',
      '无人等待回电：该告警已处理，或会随原因消除而结束。',
      '전화를 기다리는 사람이 없습니다. 이미 처리되었거나 원인이 사라지면 끝나는 경보입니다.',
    ),
  },
  'help-too-often': {
    status: 429,
    ...say(
      'You have asked several times already. Please call the number on the cabinet.',
      '您已多次求助，请拨打柜体上的电话。',
      '이미 여러 번 요청하셨습니다. 보관함에 적힌 번호로 전화해 주세요.',
    ),
  },
  'help-place-unknown': {
    status: 404,
    ...say('There is no such cabinet.', '没有这个柜机。', '해당 보관함이 없습니다.'),
  },
} as const satisfies CodeTable<RisksRefusal>
