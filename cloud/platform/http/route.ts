import type { Static, TSchema } from 'typebox'
import type { CarrierId, OperatorId, PersonId, SessionId, StaffId } from '@holdfast/core/values/ids.ts'
import type { CodeTable } from '@holdfast/wire/codes/messages.ts'
import type { Tx } from '../postgres/db.ts'

export type StaffRole = 'viewer' | 'dispatcher' | 'technician' | 'manager'

/** Who may call a route. Every route says so; one that does not is refused at registration. */
export type Who = 'public' | 'carrier' | 'courier' | 'recipient' | { readonly staff: readonly StaffRole[] }

export type Audience = 'courier' | 'recipient' | 'operator'

export type Caller =
  | { readonly kind: 'public' }
  | { readonly kind: 'carrier'; readonly carrierId: CarrierId; readonly keyId: string }
  | { readonly kind: 'courier'; readonly personId: PersonId; readonly sessionId: SessionId }
  | { readonly kind: 'recipient'; readonly personId: PersonId; readonly sessionId: SessionId }
  | {
      readonly kind: 'staff'
      readonly staffId: StaffId
      readonly operatorId: OperatorId
      readonly role: StaffRole
      readonly sessionId: SessionId
    }

export type CallerOf<W extends Who> = Extract<Caller, { kind: W extends string ? W : 'staff' }>

/** How platform/http learns who calls: answered by the capabilities that own keys and sessions. */
export type Gates = {
  readonly carrier: (apiKey: string) => Promise<CallerOf<'carrier'> | undefined>
  readonly courier: (token: string) => Promise<CallerOf<'courier'> | undefined>
  readonly recipient: (token: string) => Promise<CallerOf<'recipient'> | undefined>
  readonly staff: (token: string) => Promise<CallerOf<{ staff: [] }> | undefined>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Objects in schemas are closed: an unknown field is `request-invalid`. */
export type RouteSchemas = {
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
}

type Parsed<S extends RouteSchemas, K extends keyof RouteSchemas> = S[K] extends TSchema ? Static<S[K]> : undefined

export type RouteRequest<S extends RouteSchemas, W extends Who> = {
  readonly params: Parsed<S, 'params'>
  readonly query: Parsed<S, 'query'>
  readonly body: Parsed<S, 'body'>
  readonly caller: CallerOf<W>
  readonly requestId: string
  /** A header's single value, for callbacks that carry a signature or secret. */
  readonly header: (name: string) => string | undefined
  /** The bytes as they came, for signatures over a body. */
  readonly rawBody: Uint8Array
  /** The peer's address, for throttling sign-in; never log it. */
  readonly ip: string
}

/** Sets (`token`) or clears (no token) the session cookie of one audience. */
export type CookieChange = {
  readonly audience: Audience
  readonly token?: string
  readonly maxAgeSeconds?: number
}

export type Reply = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly CookieChange[]
}

/** Keeps the answer to a keyed call in the transaction that does its work; the handler must then give the same. */
export type Keep = (tx: Tx, reply: Reply) => void

/** A capability's refusals; a row without a status is answered with 409. */
export type RefusalTable<Code extends string = string> = CodeTable<Code>

export type RouteDeclaration<S extends RouteSchemas, W extends Who> = {
  readonly method: Method
  /** Fastify form, under /v1: `/v1/parcels/:parcel`. */
  readonly path: string
  readonly who: W
  readonly summary: string
  readonly schemas: S
  /** Bodies by status, for OpenAPI and for a fast, field-filtering serialiser. */
  readonly replies: Readonly<Record<number, TSchema>>
  /** POST only: honours `Idempotency-Key`, as every POST of the staff does; 'required' refuses a call without one. */
  readonly idempotency?: 'accepted' | 'required'
  readonly handle: (request: RouteRequest<S, W> & { readonly keep: Keep }) => Promise<Reply>
}

/** A server-sent event; `id` comes back as `Last-Event-ID` when the browser reconnects. */
export type LiveEvent = { readonly id?: string; readonly event: string; readonly data: unknown }

export type StreamDeclaration<S extends RouteSchemas, W extends Who> = {
  readonly path: string
  readonly who: W
  readonly summary: string
  readonly schemas: S
  /** Ends when the generator returns; the signal aborts when the client leaves or the server stops. */
  readonly open: (
    request: RouteRequest<S, W> & { readonly lastEventId: string | undefined },
    signal: AbortSignal,
  ) => AsyncIterable<LiveEvent>
}

/** A declared route with its types rubbed off: what `routes(deps): Route[]` returns. */
export type Route =
  | ({ readonly kind: 'call' } & RouteDeclaration<RouteSchemas, Who>)
  | ({ readonly kind: 'stream' } & StreamDeclaration<RouteSchemas, Who>)

// Sound because createHttp parses with the declaration's own schemas and gate before it calls its handler.
export const route = <const S extends RouteSchemas, const W extends Who>(declared: RouteDeclaration<S, W>): Route =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  ({ kind: 'call', ...declared }) as unknown as Route

export const stream = <const S extends RouteSchemas, const W extends Who>(declared: StreamDeclaration<S, W>): Route =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  ({ kind: 'stream', ...declared }) as unknown as Route
