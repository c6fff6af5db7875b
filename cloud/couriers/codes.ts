import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type CouriersRefusal = 'carrier-not-yours' | 'hold-unknown' | 'cabinet-not-there' | 'hold-not-asked'

export const couriersCodes = {
  'carrier-not-yours': {
    status: 403,
    ...say(
      'You do not deliver for this carrier. Ask your outlet.',
      '您不是该快递企业的快递员，请联系网点。',
      '이 택배사 소속이 아닙니다. 영업소에 문의하세요.',
    ),
  },
  'hold-unknown': {
    status: 404,
    ...say('This door is not held for you any more.', '该格口已不再为您预留。', '이 문은 더 이상 잡혀 있지 않습니다.'),
  },
  'cabinet-not-there': {
    status: 404,
    ...say('There is no such cabinet.', '没有找到这台柜机。', '그런 보관함이 없습니다.'),
  },
  'hold-not-asked': {
    status: 409,
    ...say(
      'The cabinet cannot be asked just now. Try again in a minute, or choose another one.',
      '暂时无法联系该柜，请稍后再试或选择其他柜。',
      '지금은 보관함에 물어볼 수 없습니다. 잠시 후 다시 시도하거나 다른 보관함을 고르세요.',
    ),
  },
} satisfies CodeTable<CouriersRefusal>
