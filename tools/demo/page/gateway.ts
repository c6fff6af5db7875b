import { createHmac } from 'node:crypto'

export interface Gateway {
  /** Passes a recipient's answer on as an SMS gateway would; false where the cloud does not take it. */
  reply(from: string, text: string): Promise<boolean>
}

export interface GatewayOptions {
  /** Origin of the cloud's API. */
  readonly api: string
  readonly secret: string
  readonly now: () => number
  readonly drawId: () => string
}

/** The other side of the generic SMS gateway: signs `t.body` with HMAC-SHA-256 under the shared secret. */
export const createGateway = ({ api, secret, now, drawId }: GatewayOptions): Gateway => ({
  reply: async (from, text) => {
    const body = JSON.stringify({ from, text, id: drawId() })
    const at = now()
    const mac = createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')
    const headers = { 'content-type': 'application/json', 'x-holdfast-signature': `t=${at},v1=${mac}` }
    const url = new URL('/v1/gateway/sms/replies', api)
    const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
    return response?.ok === true
  },
})
