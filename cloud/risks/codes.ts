import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type RisksRefusal = 'alert-unknown'

export const risksCodes = {
  'alert-unknown': { status: 404, ...say('There is no such alert.', '没有该告警。', '해당 알림이 없습니다.') },
} as const satisfies CodeTable<RisksRefusal>
