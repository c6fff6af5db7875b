import { setTimeout as sleep } from 'node:timers/promises'
import { createHistory } from '@holdfast/simulator/history/history.ts'
import type { HistoryRecord } from '@holdfast/simulator/history/records.ts'
import { idFromUuid } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { putIn } from '../bench/offline/cabinet.testing.ts'
import { type RealTown, seals } from './real.testing.ts'

const agreeWithinMs = 60_000
let parcels = 0

export type Announced = { readonly number: string; readonly phone: string; readonly digest: string }

/** `taken` hears of it as soon as the cloud has said yes. */
export async function announce(
  { call, carrier, cabinet, at }: RealTown,
  taken: (parcel: Announced) => void = () => undefined,
): Promise<Announced> {
  parcels += 1
  const number = `SF81000000${String(10_000 + parcels)}`
  const phone = `+86137002${String(10_000 + parcels)}`
  await call.post('/v1/parcels', { trackingNumber: number, recipient: { phone, locale: 'en' }, size: 'M', cabinet })
  const parcel = { number, phone, digest: parcelDigest(seals, carrier, number) }
  taken(parcel)
  await eventually(performance.now(), 'the card', async () => at.loop.cards.lookup(parcel.digest))
  return parcel
}

export async function deposits({ at, carrier }: RealTown, { number, digest }: Announced) {
  const [session, person] = [at.loop.drawId('session'), at.loop.drawId('person')]
  const nonce = Buffer.from(seals.random(16)).toString('hex')
  await at.patient(() =>
    at.submit({ type: 'openCourierSession', session, person, carrier, via: 'grant', nonce, freshness: 'screen' }),
  )
  const card = at.loop.cards.lookup(digest)
  if (card === undefined) throw new Error('the card is gone')
  const deposit = await putIn(at, { number, digest, carrier }, card)
  await at.patient(() => at.submit({ type: 'endSession', session }))
  return deposit
}

/** Asked again until it is so; a call that a broken link swallows is an answer too. */
export async function eventually<T>(
  since: number,
  what: string,
  look: () => Promise<T | undefined>,
  everyMs = 50,
): Promise<T> {
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found !== undefined) return found
    if (performance.now() - since > agreeWithinMs) throw new Error(`${what} did not come within ${agreeWithinMs} ms`)
    await sleep(everyMs)
  }
}

export const codeTo = ({ tray }: RealTown, phone: string): string | undefined =>
  tray.letters
    .filter(({ to }) => to === phone)
    .map(({ text }) => /\d{3} \d{3} \d{3}/.exec(text)?.[0].replaceAll(' ', ''))
    .find((code) => code !== undefined)

export const heard = ({ receiver }: RealTown, number: string, what: string): true | undefined =>
  receiver.received.some(({ body }) => body.includes(number) && body.includes(`.${what}`)) ? true : undefined

export const head = ({ at }: RealTown): number => at.store.last()?.seq ?? 0

export async function watermark({ call, cabinet }: RealTown): Promise<number> {
  const view = (await call.get(`/v1/operator/cabinets/${cabinet}`)) as { readonly watermark: number }
  return view.watermark
}

/** Both copies of the journal and all that went outward, before the history checker. */
export async function judge(town: RealTown): Promise<readonly string[]> {
  const history = createHistory(seals)
  for await (const record of recordsOf(town)) history.take(record)
  return history.verdict().violations.map(({ law, says }) => `law ${law}: ${says}`)
}

async function* recordsOf({ at, cabinet, incarnation, database, receiver }: RealTown): AsyncGenerator<HistoryRecord> {
  const copy = { cabinet, incarnation }
  let next = 1
  for (let page = at.store.entries(next, 512); page.length > 0; page = at.store.entries(next, 512)) {
    for (const { seq, hash, bytes } of page)
      yield { kind: 'entry', from: 'cabinet', ...copy, seq, hash: base64FromBytes(hash), entry: text.decode(bytes) }
    next += page.length
  }
  const facts = await database.query<{ seq: string; hash: string; entry: string }>(
    'select seq, hash, entry from cabinet_fact order by seq',
  )
  for (const { seq, hash, entry } of facts)
    yield { kind: 'entry', from: 'cloud', ...copy, seq: Number(seq), hash, entry }
  // What arrived is read first: whatever is sent meanwhile stands among the sent.
  const arrived = receiver.received.map(({ headers, body }) => ({ key: headers['webhook-id'] ?? '', body }))
  const sent = await database.query<{ id: string; body: string; state: string }>(
    'select event as id, body, state from carrier_delivery',
  )
  for (const { id, body, state } of sent) {
    const key = idFromUuid('event', id)
    // The receiver's word on a last delivery may be on its way back: only what is given up is undelivered.
    yield {
      kind: 'effect',
      key,
      says: says(body),
      state: state === 'given-up' ? 'undelivered' : 'waiting',
    }
  }
  for (const { key, body } of arrived) yield { kind: 'arrival', key, says: says(body) }
}

const text = new TextDecoder()
const says = (body: string): string => base64FromBytes(seals.hash(new TextEncoder().encode(body)))
