import { type CodeTable, say } from '@holdfast/wire/codes/messages.ts'

export type CarriersRefusal =
  | 'cursor-malformed'
  | 'endpoint-unknown'
  | 'endpoint-url-unfit'
  | 'endpoints-too-many'
  | 'carrier-unknown'
  | 'carrier-code-taken'
  | 'key-unknown'

export const carriersCodes = {
  'cursor-malformed': {
    status: 400,
    ...say(
      'Give `after` as the `next` of an earlier page, or leave it out to begin at the start.',
      'after 须为上一页返回的 next，或不填从头开始。',
      'after에는 이전 페이지의 next 값을 넣거나, 처음부터 보려면 비워 두세요.',
    ),
  },
  'endpoint-unknown': {
    status: 404,
    ...say('There is no such endpoint.', '没有该回调地址。', '해당 주소가 없습니다.'),
  },
  'endpoint-url-unfit': {
    status: 400,
    ...say(
      'Give a public https address without a user name.',
      '请提供公网 https 地址，且不含用户名。',
      '사용자 이름이 없는 공개 https 주소를 적어 주세요.',
    ),
  },
  'endpoints-too-many': {
    status: 409,
    ...say(
      'You have ten endpoints already. Remove one first.',
      '已有十个回调地址，请先删除一个。',
      '이미 주소가 열 개입니다. 먼저 하나를 지우세요.',
    ),
  },
  'carrier-unknown': {
    status: 404,
    ...say(
      'There is no such carrier among those that you look after.',
      '您管理的快递企业中没有该公司。',
      '관리하는 택배사 가운데 없습니다.',
    ),
  },
  'carrier-code-taken': {
    status: 409,
    ...say(
      'Another carrier has this short name. Choose a different one.',
      '该简称已被其他快递企业使用，请换一个。',
      '다른 택배사가 쓰는 약칭입니다. 다른 이름을 고르세요.',
    ),
  },
  'key-unknown': {
    status: 404,
    ...say('There is no such key at work.', '没有该有效密钥。', '사용 중인 키가 아닙니다.'),
  },
} as const satisfies CodeTable<CarriersRefusal>
