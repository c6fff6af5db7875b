import type { GatewaySendRequest } from '@holdfast/wire/http/notices.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Channel } from './channel.ts'
import { postJson } from './post.ts'
import { signBody, signatureHeader } from './signature.ts'

export type GatewayOptions = {
  readonly url: string
  readonly secret: string
  readonly receiptUrl: string
  readonly clock: Clock
  readonly seals: Seals
}

/**
 * The generic gateway for texts, calls and printers: `gatewaySendRequest` of wire/http/notices.ts, signed; a provider's
 * adapter stands behind it. `locale` says which voice is to read the text.
 */
export const createGateway = ({ url, secret, receiptUrl, clock, seals }: GatewayOptions): Channel => ({
  send: async ({ id, channel, to, text, locale }, signal) => {
    const request: GatewaySendRequest = { id, channel, to, text, locale, receiptUrl }
    const body = JSON.stringify(request)
    const at = clock.now()
    const signature = signBody(seals, { secret, at, body: new TextEncoder().encode(body) })
    const headers = { 'idempotency-key': id, [signatureHeader]: signature }
    return await postJson({ url, body, headers, signal }, { outcome: 'sent' })
  },
  close: () => undefined,
})
