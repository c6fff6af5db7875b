import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { codeOf } from '../failure.ts'
import type { Log } from '../log.ts'
import { cookieOf } from './gate.ts'
import { type PlatformRefusal, refusePlatform } from './refusals.ts'
import type { Reply } from './route.ts'

export function send(reply: FastifyReply, { status, body, headers, cookies }: Reply, secure = true): FastifyReply {
  for (const { audience, token, maxAgeSeconds } of cookies ?? []) {
    // No domain: the cookie belongs to this host alone.
    const maxAge = token === undefined ? { maxAge: 0 } : maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }
    const rules = { path: '/', httpOnly: true, sameSite: 'strict', secure, ...maxAge } as const
    reply.setCookie(cookieOf[audience], token ?? '', rules)
  }
  writeBy(reply, reply.routeOptions.config.replies, { status, body })
  return reply
    .code(status)
    .headers({ 'cache-control': 'no-store', ...headers })
    .send(body)
}

/** By status, or by its class as `4xx`. */
export type ReplySchemas = Readonly<Record<string, Record<string, unknown>>>

/**
 * What the schema does not name is not sent. Its writer is compiled with the first answer, not at the start: those of all
 * routes take as long as the rest of the start, and after a crash everybody waits for it.
 */
function writeBy(
  reply: FastifyReply,
  schemas: ReplySchemas = {},
  { status, body }: Pick<Reply, 'status' | 'body'>,
): void {
  const schema = schemas[status] ?? schemas[`${Math.floor(status / 100)}xx`]
  if (schema === undefined || body === undefined) return
  reply
    .type('application/json; charset=utf-8')
    .serializer((payload: Record<string, unknown>) => reply.serializeInput(payload, schema))
}

const byFastifyCode: Readonly<Record<string, PlatformRefusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body-not-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body-not-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request-invalid',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
  'db-unavailable': 'unavailable',
  'db-closed': 'unavailable',
  'db-serialization': 'unavailable',
}

/** Every answer that fastify would give by itself, in our envelope. */
export function refuseErrors(server: FastifyInstance, log: Log): void {
  server.setNotFoundHandler((_request, reply) => send(reply, refusePlatform('not-found')))
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const fields = fieldsOf(error)
    if (fields !== undefined) return send(reply, refusePlatform('request-invalid', fields))
    const code = refusalOf(error)
    if (code === 'internal-error' || code === 'unavailable') log.error({ err: error, req: request.id }, 'call failed')
    return send(reply, refusePlatform(code))
  })
}

function refusalOf(error: FastifyError): PlatformRefusal {
  const known = byFastifyCode[codeOf(error) ?? '']
  if (known !== undefined) return known
  if (error instanceof SyntaxError) return 'body-not-json'
  return error.statusCode === 400 ? 'request-invalid' : 'internal-error'
}

function fieldsOf(error: object): readonly string[] | undefined {
  return 'fields' in error && Array.isArray(error.fields) ? error.fields.map(String) : undefined
}
