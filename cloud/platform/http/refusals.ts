import { type CodeRow, type Messages, say } from '@holdfast/wire/codes/messages.ts'
import type { RefusalTable, Reply } from './route.ts'

/** The one shape of every answer that is not a success. `fields` names what a malformed request got wrong. */
export type ErrorBody = {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly messages: Messages
    readonly fields?: readonly string[]
  }
}

const row = (status: number, en: string, zh: string, ko: string): CodeRow => ({ status, ...say(en, zh, ko) })

/** What the platform itself refuses, before any capability is asked. */
export const platformRefusals = {
  'request-invalid': row(
    400,
    'The request is not understood. Check the named fields.',
    '无法理解该请求，请检查所列字段。',
    '요청을 이해할 수 없습니다. 표시된 항목을 확인하세요.',
  ),
  'body-not-json': row(400, 'The body is not JSON.', '请求正文不是 JSON。', '본문이 JSON이 아닙니다.'),
  'not-signed-in': row(401, 'Sign in first.', '请先登录。', '먼저 로그인하세요.'),
  'api-key-invalid': row(
    401,
    'The API key is missing or not valid.',
    '缺少 API 密钥或密钥无效。',
    'API 키가 없거나 올바르지 않습니다.',
  ),
  'role-missing': row(
    403,
    'Your role does not allow this.',
    '您的角色无权执行此操作。',
    '현재 역할로는 할 수 없는 작업입니다.',
  ),
  'origin-refused': row(
    403,
    'This call came from another site.',
    '该请求来自其他网站。',
    '다른 사이트에서 온 요청입니다.',
  ),
  'not-found': row(404, 'There is nothing here.', '此处没有内容。', '여기에는 아무것도 없습니다.'),
  'method-not-allowed': row(
    405,
    'This address does not take that method.',
    '该地址不支持此请求方法。',
    '이 주소에서 지원하지 않는 메서드입니다.',
  ),
  'request-in-flight': row(
    409,
    'The same request is still being worked on. Ask again in a moment.',
    '相同的请求仍在处理中，请稍后再试。',
    '같은 요청을 아직 처리하고 있습니다. 잠시 후 다시 시도하세요.',
  ),
  'body-too-large': row(413, 'The body is too large.', '请求正文过大。', '본문이 너무 큽니다.'),
  'media-type-unsupported': row(
    415,
    'Send the body as application/json.',
    '请以 application/json 格式发送正文。',
    '본문을 application/json으로 보내세요.',
  ),
  'idempotency-key-reused': row(
    422,
    'This idempotency key was used for another request.',
    '该幂等键已用于其他请求。',
    '이 멱등성 키는 다른 요청에 이미 사용되었습니다.',
  ),
  'idempotency-key-missing': row(
    400,
    'Send an Idempotency-Key of 1 to 255 printable characters.',
    '请发送 1 至 255 个可打印字符的 Idempotency-Key。',
    '1~255자의 출력 가능한 문자로 된 Idempotency-Key를 보내세요.',
  ),
  'internal-error': row(
    500,
    'Something broke on our side. Nothing was acknowledged; try again.',
    '我们这边出现了故障，请求未被确认，请重试。',
    '저희 쪽에 문제가 생겼습니다. 처리된 것은 없으니 다시 시도하세요.',
  ),
  unavailable: row(
    503,
    'The store cannot be reached right now. Nothing was lost; try again in a moment.',
    '暂时无法访问存储，没有数据丢失，请稍后重试。',
    '지금은 저장소에 연결할 수 없습니다. 잃은 것은 없으니 잠시 후 다시 시도하세요.',
  ),
} as const satisfies RefusalTable

export type PlatformRefusal = keyof typeof platformRefusals

/** A refusal as the reply of a route, from the capability's own table. */
export function refuse<Code extends string>(table: RefusalTable<Code>, code: Code, fields?: readonly string[]): Reply {
  const { status = 409, messages } = table[code]
  const error = { code, message: messages.en, messages, ...(fields === undefined ? {} : { fields }) }
  return { status, body: { error } satisfies ErrorBody }
}

export const refusePlatform = (code: PlatformRefusal, fields?: readonly string[]): Reply =>
  refuse(platformRefusals, code, fields)
