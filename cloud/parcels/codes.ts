import type { ParcelRefusal } from '@holdfast/core/parcel/parcel.ts'
import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type ParcelsRefusal =
  | ParcelRefusal
  | 'tracking-number-unreadable'
  | 'phone-unreadable'
  | 'recipient-unreachable'
  | 'named-cabinet-unknown'
  | 'size-beyond-doors'
  | 'correction-empty'
  | 'question-changed'
  | 'code-not-waiting'
  | 'code-renewal-refused'
  | 'code-told-too-often'

export const parcelsCodes = {
  'parcel-already-announced': {
    status: 409,
    ...say('This tracking number is already announced.', '该运单号已预报。', '이미 등록된 운송장 번호입니다.'),
  },
  'parcel-already-stored': {
    status: 409,
    ...say('The parcel is already in a cabinet.', '快件已在柜中，无法更改。', '이미 보관함에 들어 있는 택배입니다.'),
  },
  'parcel-unknown': { status: 404, ...say('There is no such parcel.', '没有该快件。', '해당 택배가 없습니다.') },
  'parcel-over': {
    status: 409,
    ...say('This parcel has reached its end.', '该快件已结束。', '이미 처리가 끝난 택배입니다.'),
  },
  'tracking-number-unreadable': {
    status: 400,
    ...say(
      'This is not a tracking number. Send 6 to 48 letters and digits.',
      '运单号无法识别，请提供 6 至 48 位字母或数字。',
      '운송장 번호가 아닙니다. 영문자와 숫자 6~48자로 보내세요.',
    ),
  },
  'phone-unreadable': {
    status: 400,
    ...say(
      'This phone number cannot be read. Send it with its country code.',
      '手机号无法识别，请附上国家代码。',
      '전화번호를 읽을 수 없습니다. 국가 번호와 함께 보내세요.',
    ),
  },
  'recipient-unreachable': {
    status: 400,
    ...say(
      'Nobody can be told. Send a phone number, an e-mail address or the cabinet that it is addressed to.',
      '无法通知收件人，请提供手机号、邮箱或指定的柜机。',
      '받는 분께 알릴 방법이 없습니다. 전화번호, 이메일 또는 지정 보관함을 보내세요.',
    ),
  },
  'named-cabinet-unknown': {
    status: 400,
    ...say('The named cabinet does not exist.', '指定的柜机不存在。', '지정한 보관함이 없습니다.'),
  },
  'size-beyond-doors': {
    status: 400,
    ...say(
      'This parcel is larger than the largest compartment.',
      '快件超出最大格口尺寸。',
      '가장 큰 칸보다 큰 택배입니다.',
    ),
  },
  'question-changed': {
    status: 409,
    ...say(
      'The question has changed meanwhile. Look at it again and answer.',
      '问题已更新，请重新查看后再答复。',
      '그사이 질문이 바뀌었습니다. 다시 보고 답해 주세요.',
    ),
  },
  'correction-empty': {
    status: 400,
    ...say('Name a phone or a size to correct.', '请提供要更正的手机号或尺寸。', '고칠 전화번호나 크기를 적어 주세요.'),
  },
  'code-not-waiting': {
    status: 409,
    ...say(
      'This parcel is not waiting behind a door.',
      '该快件当前不在柜中待取。',
      '보관함에서 기다리는 택배가 아닙니다.',
    ),
  },
  'code-renewal-refused': {
    status: 409,
    ...say(
      'No new code could be drawn now. Your old one still works; try again in a minute.',
      '暂时无法生成新取件码，原取件码仍有效，请稍后再试。',
      '지금은 새 찾기 번호를 만들 수 없습니다. 기존 번호는 그대로 쓸 수 있으니 잠시 후 다시 시도하세요.',
    ),
  },
  'code-told-too-often': {
    status: 429,
    ...say(
      'The code was sent a moment ago, or five times today. Wait a little; the one you have still works.',
      '取件码刚刚发送过，或今天已发送五次。请稍候，已有的取件码仍然有效。',
      '방금 찾기 번호를 보냈거나 오늘 이미 다섯 번 보냈습니다. 잠시 기다려 주세요. 받은 번호는 그대로 쓸 수 있습니다.',
    ),
  },
} as const satisfies CodeTable<ParcelsRefusal>
