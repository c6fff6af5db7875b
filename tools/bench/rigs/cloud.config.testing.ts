import { testLayout, testRequest } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import type { CarrierId } from '@holdfast/core/values/ids.ts'

export interface ConfigGiven {
  readonly operator: string
  readonly carrier: CarrierId
  readonly apiKeys: readonly string[]
  /** Addresses; messages to people go to the tray. */
  readonly database: string
  readonly mqtt: string
  readonly tray: string
  /** A claim token for each cabinet, and how many doors each has. */
  readonly tokens: readonly string[]
  readonly doors: number
}

/** The one file of a real cloud in a process of its own, with an operator, a carrier and cabinets that may enrol. */
export const cloudConfig = ({ operator, carrier, apiKeys, database, mqtt, tray, tokens, doors }: ConfigGiven) => ({
  http: { port: 0 },
  secureCookies: false,
  database: { url: database },
  mqtt: { url: mqtt },
  notices: {
    publicUrl: 'http://127.0.0.1',
    phone: { kind: 'tray', url: tray },
    gatewaySecret: 'at least sixteen letters',
    app: 'beside',
  },
  bootstrap: {
    operator: { name: operator },
    carriers: [{ id: carrier, code: 'sf', name: 'SF', apiKeys }],
    cabinets: tokens.map((claimToken, n) => ({
      ...testRequest(testLayout(doors, n + 1), `Cabinet ${n + 1}`),
      claimToken,
    })),
  },
})
