import {
  type Freshness,
  issueAskedNonce,
  issueScreenNonce,
  noNonces,
  nonceLimits,
  spendNonce,
} from '@holdfast/core/access/nonces.ts'
import { after, type RunningMs } from '@holdfast/core/values/instants.ts'
import type { CourierNonce } from '../loop/loop.ts'

/** In memory only: a restart makes every outstanding nonce stale (law 6). */
export interface NonceDesk {
  screen(): CourierNonce
  /** For an order that somebody wants to send now. */
  issueAsked(): string
  /** Right or wrong, a presented nonce is spent. */
  spend(nonce: string, number: string | null): Freshness
}

export function createNonceDesk(now: () => RunningMs, random: (length: number) => Uint8Array): NonceDesk {
  let nonces = noNonces
  return {
    screen: () => {
      let [newest] = nonces.screen
      if (newest === undefined || now() >= after(newest.issuedAt, nonceLimits.screenEvery)) {
        nonces = issueScreenNonce(nonces, now(), random(32))
        newest = nonces.screen[0]
      }
      return { nonce: newest?.nonce ?? '', number: newest?.number ?? '' }
    },
    issueAsked: () => {
      nonces = issueAskedNonce(nonces, now(), random(32))
      return nonces.asked[0]?.nonce ?? ''
    },
    spend: (nonce, number) => {
      const spent = spendNonce(nonces, { nonce, number }, now())
      nonces = spent.nonces
      return spent.freshness
    },
  }
}
