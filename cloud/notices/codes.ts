import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type NoticesRefusal = 'signature-wrong' | 'message-unknown' | 'not-undelivered'

export const noticesCodes = {
  'signature-wrong': {
    status: 401,
    ...say(
      'The signature does not fit this body, or it is older than five minutes.',
      '签名与正文不符，或已超过五分钟。',
      '서명이 본문과 맞지 않거나 5분이 지났습니다.',
    ),
  },
  'message-unknown': {
    status: 404,
    ...say('There is no such message.', '没有该消息。', '해당 메시지가 없습니다.'),
  },
  'not-undelivered': {
    status: 404,
    ...say(
      'Nothing undelivered has this id. Look at the list again.',
      '没有该未送达项，请刷新列表。',
      '해당하는 미전달 항목이 없습니다. 목록을 새로 확인하세요.',
    ),
  },
} as const satisfies CodeTable<NoticesRefusal>
