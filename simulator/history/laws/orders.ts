import type { OrderKind } from '@holdfast/core/cabinet/events.ts'
import type { Ledger } from '../ledger.ts'
import type { When } from '../when.ts'
import type { Claims } from './claim.ts'

/** What the cloud signed; undefined where the history does not tell. */
export type Signed = (
  order: string,
) => { readonly compartment: string | null; readonly epoch: number | null } | undefined

/** Law 6: no order acts twice, unasked, or on another occupancy; no nonce signs two people in. */
export function orders({ ledger, claim, signed }: Claims & { readonly signed: Signed | undefined }): When {
  const nonces = new Set<string>()
  const fresh = (session: string, nonce: string | null): void => {
    if (nonce === null) return
    claim(6, !nonces.has(nonce), () => `${session} was opened on a spent nonce`)
    nonces.add(nonce)
  }
  const by = (order: string, what: OrderKind): void => {
    claim(6, isAccepted(ledger, order, what), () => `something was done for ${order}, which is no accepted ${what}`)
  }
  return {
    orderAccepted: ({ order }) => {
      const known = ledger.orders.get(order)
      claim(6, known === undefined, () => `${order} acted ${known === 'refused' ? 'after it was refused' : 'twice'}`)
      if (signed === undefined) return
      const sent = signed(order)
      claim(6, sent !== undefined, () => `nobody signed ${order} for this cabinet`)
      if (sent === undefined || sent.compartment === null || sent.epoch === null) return
      const epoch = ledger.places.get(sent.compartment)?.epoch
      claim(6, epoch === sent.epoch, () => `${order} of epoch ${sent.epoch} acted in ${epoch}`)
    },
    orderRefused: ({ order }) => {
      claim(6, ledger.orders.get(order) === undefined, () => `${order} was answered twice`)
    },
    courierSessionOpened: ({ session, nonce }) => fresh(session, nonce),
    pickupSessionOpened: ({ session, via, nonce }) => {
      fresh(session, nonce)
      const shown = via !== 'grant' || nonce !== null || ledger.lastOrder === 'pickup'
      claim(6, shown, () => `${session} was opened without a nonce and without an order`)
    },
    compartmentRetired: ({ order }) => by(order, 'retire'),
    compartmentRestored: ({ order }) => by(order, 'restore'),
    codeRenewed: ({ order }) => by(order, 'renew'),
    leaseAsked: ({ order }) => by(order, 'hold'),
    emergencyEnded: ({ order }) => by(order, 'calm'),
  }
}

function isAccepted({ orders: known }: Ledger, order: string, what: OrderKind): boolean {
  const answered = known.get(order)
  return answered !== undefined && answered !== 'refused' && answered.what === what
}
