import { setTimeout as sleep } from 'node:timers/promises'
import { createHistory } from '@holdfast/simulator/history/history.ts'
import type { HistoryRecord } from '@holdfast/simulator/history/records.ts'
import { idFromUuid } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { putIn, takeOut } from '../bench/offline/cabinet.testing.ts'
import type { Fault } from './proxy.ts'
import { type Link, type PartitionTown, seals } from './town.testing.ts'

export interface Scene {
  readonly link: Link
  readonly fault: Fault
  /** How long the link is broken, and how many facts the cabinet writes meanwhile. */
  readonly forMs: number
  readonly facts: number
}

export interface Played {
  readonly agreedMs: number
  readonly violations: readonly string[]
}

const agreeWithinMs = 60_000
let parcels = 0

/** A parcel goes in while the link is broken, a backlog grows, the link heals; then all must agree and the code must open. */
export async function playScene(town: PartitionTown, { link, fault, forMs, facts }: Scene): Promise<Played> {
  const { at, proxies } = town
  const left = at.loop.cabinet().session
  if (left !== null) at.submit({ type: 'endSession', session: left.id })
  const parcel = await announce(town)
  proxies[link].inflict(fault)
  const brokenAt = performance.now()
  const deposit = await deposits(town, parcel)
  for (let n = 0; n < facts; n += 1) {
    at.loop.observe({ type: 'serviceSwitchSeen', closed: n % 2 === 0 })
    if (n % 200 === 199) await sleep(1)
  }
  await sleep(Math.max(0, forMs - (performance.now() - brokenAt)))
  proxies[link].heal()
  const healedAt = performance.now()
  const [code] = await Promise.all([
    eventually(healedAt, 'the code', async () => codeTo(town, parcel.phone)),
    eventually(healedAt, 'the journal', async () => ((await watermark(town)) === head(town) ? true : undefined)),
    eventually(healedAt, 'the webhook', async () => heard(town, parcel.number, 'deposited')),
  ])
  const agreedMs = performance.now() - healedAt
  const opened = await takeOut(at, deposit, code)
  await eventually(performance.now(), 'the collection', async () => heard(town, parcel.number, 'collected'))
  const violations = await judge(town)
  return { agreedMs, violations: opened ? violations : [...violations, 'the code did not open'] }
}

type Announced = { readonly number: string; readonly phone: string; readonly digest: string }

async function announce({ call, carrier, cabinet, at }: PartitionTown): Promise<Announced> {
  parcels += 1
  const number = `SF81000000${String(10_000 + parcels)}`
  const phone = `+86137002${String(10_000 + parcels)}`
  await call.post('/v1/parcels', { trackingNumber: number, recipient: { phone, locale: 'en' }, size: 'M', cabinet })
  const digest = parcelDigest(seals, carrier, number)
  await eventually(performance.now(), 'the card', async () => at.loop.cards.lookup(digest))
  return { number, phone, digest }
}

async function deposits({ at, carrier }: PartitionTown, { number, digest }: Announced) {
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
async function eventually<T>(since: number, what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look().catch(() => undefined)
    if (found !== undefined) return found
    if (performance.now() - since > agreeWithinMs) throw new Error(`${what} did not come within ${agreeWithinMs} ms`)
    await sleep(50)
  }
}

const codeTo = ({ tray }: PartitionTown, phone: string): string | undefined =>
  tray.letters
    .filter(({ to }) => to === phone)
    .map(({ text }) => /\d{3} \d{3} \d{3}/.exec(text)?.[0].replaceAll(' ', ''))
    .find((code) => code !== undefined)

const heard = ({ receiver }: PartitionTown, number: string, what: string): true | undefined =>
  receiver.received.some(({ body }) => body.includes(number) && body.includes(`.${what}`)) ? true : undefined

const head = ({ at }: PartitionTown): number => {
  let seq = 0
  for (let page = at.store.entries(1, 512); page.length > 0; page = at.store.entries(seq + 1, 512))
    seq = page.at(-1)?.seq ?? seq
  return seq
}

async function watermark({ call, cabinet }: PartitionTown): Promise<number> {
  const view = (await call.get(`/v1/operator/cabinets/${cabinet}`)) as { readonly watermark: number }
  return view.watermark
}

/** Both copies of the journal and all that went outward, before the history checker. */
async function judge(town: PartitionTown): Promise<readonly string[]> {
  const history = createHistory(seals)
  for await (const record of recordsOf(town)) history.take(record)
  return history.verdict().violations.map(({ law, says }) => `law ${law}: ${says}`)
}

async function* recordsOf({
  at,
  cabinet,
  incarnation,
  database,
  receiver,
}: PartitionTown): AsyncGenerator<HistoryRecord> {
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
