import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type CouriersRefusal = 'carrier-not-yours' | 'hold-unknown' | 'cabinet-not-there' | 'hold-not-asked' | Elsewhere
type Elsewhere = 'not-on-the-list' | 'nothing-free-there' | 'question-open' | 'refused-there' | 'silent-there'

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
  'not-on-the-list': {
    status: 404,
    ...say('This parcel is not on your list.', '您的清单中没有该快件。', '목록에 없는 택배입니다.'),
  },
  'nothing-free-there': {
    status: 409,
    ...say(
      'The last door for this parcel there has just been taken. Choose another cabinet.',
      '那台柜适合此件的格口刚刚用完。请选择其他柜。',
      '그 보관함의 맞는 칸이 방금 찼습니다. 다른 보관함을 고르세요.',
    ),
  },
  'question-open': {
    status: 409,
    ...say(
      'The recipient was asked a moment ago. Another cabinet can be asked about after ten minutes without an answer.',
      '刚刚询问过收件人。十分钟内没有答复，才能询问另一台柜。',
      '방금 받는 분에게 물었습니다. 10분 동안 답이 없으면 다른 보관함을 물을 수 있습니다.',
    ),
  },
  'refused-there': {
    status: 409,
    ...say(
      'The recipient does not want the parcel in that cabinet. Choose another one, or deliver to the door.',
      '收件人不同意放入那台柜。请选择其他柜，或送货上门。',
      '받는 분이 그 보관함을 원하지 않습니다. 다른 보관함을 고르거나 직접 배달해 주세요.',
    ),
  },
  'silent-there': {
    status: 409,
    ...say(
      'The recipient was asked about that cabinet and has not answered. Nobody is asked twice: choose another one.',
      '已就那台柜询问过收件人，尚无答复，不会重复询问。请选择其他柜。',
      '그 보관함은 이미 물었고 답이 없습니다. 두 번 묻지 않으니 다른 보관함을 고르세요.',
    ),
  },
} satisfies CodeTable<CouriersRefusal>
