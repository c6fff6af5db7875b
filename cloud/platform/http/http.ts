import cookie from '@fastify/cookie'
import fastifySwagger from '@fastify/swagger'
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { durationMs } from '@holdfast/core/values/instants.ts'
import type { Cancel, Clock } from '../clock.ts'
import { serveApp } from './apps.ts'
import { securityHeaders } from './headers.ts'
import { describeApi } from './http.openapi.ts'
import { refuseErrors, type ReplySchemas, send } from './http.replies.ts'
import { register } from './http.routes.ts'
import type { HttpOptions } from './http.options.ts'
import { refusePlatform } from './refusals.ts'
import type { Caller, Method, Who } from './route.ts'
import { validatorCompiler } from './schemas.ts'

export type RouteEntry = {
  readonly method: Method
  readonly path: string
  readonly who: Who
  readonly summary: string
}

export type Injected = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

export type Http = {
  /** Every declared route, for docs and tests. */
  readonly routes: readonly RouteEntry[]
  readonly openapi: () => object
  /** Port 0 takes a free one. */
  readonly listen: (at: {
    readonly host: string
    readonly port: number
  }) => Promise<{ readonly url: string; readonly port: number }>
  /** A call without a socket, for tests. */
  readonly inject: (call: {
    readonly method: Method
    readonly url: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: unknown
  }) => Promise<Injected>
  /** Lets calls under way finish and ends live streams. */
  readonly stop: () => Promise<void>
}

const defaultBodyLimit = 256 * 1024
const sweepsMs = [50, 200, 1_000, 3_000] as const
const stopWithinMs = durationMs(10_000)

export async function createHttp(options: HttpOptions): Promise<Http> {
  const server = createServer(options)
  const stopping = new AbortController()
  refuseUndeclared(server)
  refuseErrors(server, options.log)
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (!reply.hasHeader('content-security-policy')) reply.headers(securityHeaders())
  })
  await server.register(cookie)
  await server.register(fastifySwagger, describeApi(options.version))
  keepRawBodies(server)
  register(server, options, stopping.signal)
  server.get('/openapi.json', { config: { who: 'public' }, schema: { hide: true } }, async () => server.swagger())
  for (const audience of ['courier', 'recipient', 'operator'] as const) {
    const files = options.apps?.[audience]
    if (files !== undefined)
      await serveApp(server, audience, { files, missing: (reply) => send(reply, refusePlatform('not-found')) })
  }
  await server.ready()
  return {
    routes: options.routes.map((route) => ({
      method: route.kind === 'call' ? route.method : 'GET',
      path: route.path,
      who: route.who,
      summary: route.summary,
    })),
    openapi: () => server.swagger(),
    listen: async (at) => {
      await server.listen(at)
      const address = server.server.address()
      const port = typeof address === 'object' && address !== null ? address.port : at.port
      return { port, url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}` }
    },
    inject: async ({ method, url, headers, body }) => {
      const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }
      const json = body === undefined ? {} : { 'content-type': 'application/json' }
      const found = await server.inject({ method, url, headers: { ...json, ...headers }, ...payload })
      return { status: found.statusCode, headers: found.headers, body: found.body }
    },
    stop: async () => {
      stopping.abort()
      const cancels = letGo(server, options.clock)
      await server.close()
      for (const cancel of cancels) cancel()
    },
  }
}

/**
 * A connection that turns idle just after the server's own sweep would be kept for its client until the keep-alive
 * time is over (seen on Node 24: 72 s). So the idle are swept again, and who is not done by then is cut off.
 */
const letGo = (server: FastifyInstance, clock: Clock): readonly Cancel[] => [
  ...sweepsMs.map((ms) => clock.timer(durationMs(ms), () => server.server.closeIdleConnections())),
  clock.timer(stopWithinMs, () => server.server.closeAllConnections()),
]

function createServer({ log, trustProxy, bodyLimitBytes }: HttpOptions): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log
  const server: FastifyInstance = fastify({
    loggerInstance,
    // Addresses and queries may hold personal data: we log patterns, at debug level.
    logController: new fastify.LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    frameworkErrors: (_error, request, reply) => {
      reply.headers({ ...securityHeaders(), 'x-request-id': request.id })
      send(reply, refusePlatform('not-found'))
    },
    bodyLimit: bodyLimitBytes ?? defaultBodyLimit,
    trustProxy: trustProxy ?? false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
  })
  server.setValidatorCompiler(validatorCompiler)
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    log.debug({ req: request.id, method, path: routeOptions.url, status: reply.statusCode, ms: reply.elapsedTime })
  })
  return server
}

/** The last net: whatever registers a route without saying who may call it fails at start-up. */
function refuseUndeclared(server: FastifyInstance): void {
  server.addHook('onRoute', ({ config, method, url, prefix }) => {
    // The static plugin's own routes serve built files and nothing else.
    const isAppFile = ['/courier', '/recipient', '/operator'].some((app) => prefix.startsWith(app))
    if (config?.who === undefined && !isAppFile)
      throw new Error(`undeclared route: ${String(method)} ${url} says not who may call it`)
  })
}

function keepRawBodies(server: FastifyInstance): void {
  server.decorateRequest('rawBody', null)
  server.decorateRequest('caller', null)
  server.removeAllContentTypeParsers()
  const parse = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body
    void parse(request, body.toString('utf8'), done)
  })
}

declare module 'fastify' {
  interface FastifyRequest {
    rawBody: Uint8Array | null
    caller: Caller | null
  }
  interface FastifyContextConfig {
    who?: Who
    replies?: ReplySchemas
  }
}
