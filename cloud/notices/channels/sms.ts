import type { SmsSendRequest } from '@holdfast/wire/http/notices.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Channel } from './channel.ts'
import { postJson } from './post.ts'
import { signBody, signatureHeader } from './signature.ts'

export type SmsOptions = {
  readonly url: string
  readonly secret: string
  readonly receiptUrl: string
  readonly clock: Clock
  readonly seals: Seals
}

/** The generic gateway: `smsSendRequest` of wire/http/notices.ts, signed; a provider's adapter stands behind it. */
export const createSms = ({ url, secret, receiptUrl, clock, seals }: SmsOptions): Channel => ({
  send: async ({ id, to, text }, signal) => {
    const request: SmsSendRequest = { id, to, text, receiptUrl }
    const body = JSON.stringify(request)
    const at = clock.now()
    const signature = signBody(seals, { secret, at, body: new TextEncoder().encode(body) })
    const headers = { 'idempotency-key': id, [signatureHeader]: signature }
    return await postJson({ url, body, headers, signal }, { outcome: 'sent' })
  },
  close: () => undefined,
})
