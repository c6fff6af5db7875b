import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { AppFiles } from './apps.ts'
import type { Idempotency } from './idempotency.ts'
import type { Audience, Gates, Route } from './route.ts'

export type HttpOptions = {
  readonly log: Log
  readonly clock: Clock
  readonly gates: Gates
  readonly routes: readonly Route[]
  readonly idempotency: Idempotency
  /** Built apps by audience; those left out are not served. */
  readonly apps?: Partial<Readonly<Record<Audience, AppFiles>>>
  /** Cookies only over TLS. False only for a demo on plain HTTP. */
  readonly secureCookies: boolean
  /** Believe X-Forwarded-* of a proxy in front. */
  readonly trustProxy?: boolean
  /** 256 KiB unless told. */
  readonly bodyLimitBytes?: number
  readonly version: string
}
