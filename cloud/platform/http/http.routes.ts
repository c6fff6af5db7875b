import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { admit } from './gate.ts'
import type { HttpOptions } from './http.options.ts'
import { ErrorReply, securityOf } from './http.openapi.ts'
import { type ReplySchemas, send } from './http.replies.ts'
import { fingerprintOf, isIdempotencyKey, tenantOf } from './idempotency.ts'
import { createStreams, liveHeaders, sendLive } from './live.ts'
import { securityHeaders } from './headers.ts'
import { refusePlatform } from './refusals.ts'
import type { Keep, Method, Reply, Route, RouteRequest, RouteSchemas, Who } from './route.ts'
import { closed } from './schemas.ts'

type Request = RouteRequest<RouteSchemas, Who>
type Call = Extract<Route, { kind: 'call' }>
type Stream = Extract<Route, { kind: 'stream' }>

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Puts the declared routes on the server, and a 405 on every method that a declared path does not take. */
export function register(server: FastifyInstance, options: HttpOptions, stopping: AbortSignal): void {
  const taken = new Map<string, Method[]>()
  const begin = createStreams(stopping)
  for (const route of options.routes) {
    assertDeclared(route)
    const method = route.kind === 'call' ? route.method : 'GET'
    taken.set(route.path, [...(taken.get(route.path) ?? []), method])
    const config = { who: route.who, ...repliesOf(route) }
    const handler = route.kind === 'call' ? answering(route, options) : streaming(route, options, begin)
    server.route({
      method,
      url: route.path,
      config,
      schema: schemaOf(route),
      onRequest: admitting(route.who, options),
      handler,
    })
  }
  for (const [url, used] of taken) {
    const method = methods.filter((candidate) => !used.includes(candidate))
    const refused: Reply = { ...refusePlatform('method-not-allowed'), headers: { allow: used.join(', ') } }
    server.route({
      method,
      url,
      config: { who: 'public' },
      schema: { hide: true },
      // Before the body is read: what it holds does not matter.
      onRequest: async (_request, reply) => send(reply, refused),
      handler: async (_request, reply) => send(reply, refused),
    })
  }
}

function assertDeclared(route: Route): void {
  // Types forbid this; plain JavaScript and casts do not.
  const who: unknown = route.who
  const isStaff =
    typeof who === 'object' && who !== null && 'staff' in who && Array.isArray(who.staff) && who.staff.length > 0
  const isNamed = typeof who === 'string' && ['public', 'carrier', 'courier', 'recipient'].includes(who)
  if (!isStaff && !isNamed) throw new Error(`undeclared route: ${route.path} says not who may call it`)
  if (route.kind === 'call' && route.idempotency !== undefined && (who === 'public' || route.method !== 'POST')) {
    throw new Error(`${route.path}: idempotency needs POST and a known caller`)
  }
}

function repliesOf(route: Route): { readonly replies?: ReplySchemas } {
  if (route.kind !== 'call') return {}
  const schemas = Object.entries({ ...route.replies, '4xx': ErrorReply, '5xx': ErrorReply })
  return { replies: Object.fromEntries(schemas.map(([status, schema]) => [status, { ...schema }])) }
}

function schemaOf(route: Route): FastifySchema {
  const { params, query, body } = route.schemas
  return {
    summary: route.summary,
    operationId: `${route.kind === 'call' ? route.method.toLowerCase() : 'stream'}${route.path.replaceAll(/[^a-z0-9]+/gi, '_')}`,
    security: securityOf(route.who),
    ...(params === undefined ? {} : { params: closed(params) }),
    ...(query === undefined ? {} : { querystring: closed(query) }),
    ...(body === undefined ? {} : { body: closed(body) }),
  }
}

/** Before the body is read: a stranger costs no parsing and learns nothing of the schema. */
function admitting(who: Who, { gates }: HttpOptions) {
  return async (raw: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const admission = await admit(who, gates, raw)
    if (admission.kind === 'refused') return send(reply, admission.reply)
    raw.caller = admission.caller
    return undefined
  }
}

/** Nobody repeats a call without a key. */
const keepsNothing: Keep = () => undefined

type Handler = (raw: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

function answering(route: Call, { idempotency, secureCookies }: HttpOptions): Handler {
  return async (raw, reply) => {
    const request = toRequest(raw)
    const work = async (keep: Keep = keepsNothing): Promise<Reply> => await route.handle({ ...request, keep })
    const key = request.header('idempotency-key')
    const keyed = idempotencyOf(route)
    if (keyed === undefined || request.caller.kind === 'public') return send(reply, await work(), secureCookies)
    if (key === undefined && keyed === 'accepted') return send(reply, await work(), secureCookies)
    if (key === undefined || !isIdempotencyKey(key)) return send(reply, refusePlatform('idempotency-key-missing'))
    const fingerprint = fingerprintOf(raw.method, raw.url, request.rawBody)
    const call = { tenant: tenantOf(request.caller), key, fingerprint }
    return send(reply, await idempotency.run(call, work), secureCookies)
  }
}

/** What the staff do at a desk is done once, however often the button is pressed and whatever answer is lost. */
const idempotencyOf = ({ idempotency, method, who }: Call): Call['idempotency'] =>
  idempotency ?? (method === 'POST' && typeof who === 'object' ? 'accepted' : undefined)

function streaming(route: Stream, { clock, log }: HttpOptions, begin: ReturnType<typeof createStreams>): Handler {
  return async (raw, reply) => {
    const request = toRequest(raw)
    const { signal, end } = begin()
    reply.raw.on('close', end)
    reply.hijack()
    reply.raw.writeHead(200, { ...securityHeaders(), ...liveHeaders, 'x-request-id': raw.id })
    const events = route.open({ ...request, lastEventId: request.header('last-event-id') }, signal)
    await sendLive(reply.raw, events, { clock, signal }).catch((error: unknown) => {
      log.error({ err: error, req: raw.id }, 'live stream failed')
    })
    return reply
  }
}

function toRequest(raw: FastifyRequest): Request {
  if (raw.caller === null) throw new Error('a handler ran before its gate')
  // Fastify has parsed all three by the route's own schemas; without a schema the handler's type says undefined.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const parsed = { params: raw.params, query: raw.query, body: raw.body } as Pick<Request, 'params' | 'query' | 'body'>
  return {
    ...parsed,
    caller: raw.caller,
    requestId: raw.id,
    rawBody: raw.rawBody ?? new Uint8Array(0),
    ip: raw.ip,
    header: (name) => {
      const value = raw.headers[name.toLowerCase()]
      return typeof value === 'string' ? value : undefined
    },
  }
}
