import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CloudSide } from '../cloud/side.ts'
import { broken, holds } from './law.ts'

/** Law 6, judged by what the cloud signed: no order acts with a stale epoch or nonce, forged, or twice. */
export function checkOrders(cloud: Pick<CloudSide, 'signed'>): (event: CabinetEvent) => void {
  const epochs = new Map<string, number>()
  const nonces = new Set<string>()
  const accepted = new Set<string>()
  const wishes = new Set<string>()
  return (event) => {
    if (event.type === 'compartmentHeld') epochs.set(event.compartment, event.epoch)
    if (event.type !== 'orderAccepted') return
    const order = cloud.signed.get(event.order)
    if (order === undefined) return broken(6, `nobody signed ${event.order}`)
    holds(6, !accepted.has(event.order), () => `${event.order} acted twice`)
    holds(6, !nonces.has(order.nonce), () => `${event.order} acted on a spent nonce`)
    // Nobody in a town wishes twice under one name and for one reason.
    const wish = `${order.staff}: ${order.reason}`
    holds(6, !wishes.has(wish), () => `what ${order.staff} wished once was done again as ${event.order}`)
    wishes.add(wish)
    accepted.add(event.order)
    nonces.add(order.nonce)
    if (!('epoch' in order)) return
    const epoch = epochs.get(order.compartment) ?? 0
    holds(6, order.epoch === epoch, () => `${event.order} acted in epoch ${epoch}, not ${order.epoch}`)
  }
}
