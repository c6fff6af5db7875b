import { eventually } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import { json, openTown, seals, type Town } from '@holdfast/cloud/journeys/town.testing.ts'
import type { CarrierId, DepositId } from '@holdfast/core/values/ids.ts'
import { minutes } from '@holdfast/core/values/instants.ts'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import { collect, readPart, type Series, wholeOf } from '@holdfast/wire/carry/parts.ts'
import { answerBytes, certificateText } from '@holdfast/wire/seals/certificate.ts'
import { type KeyPair, keyParts } from '@holdfast/wire/seals/keys.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { ok, openCabinet, type Parcel, putIn, type RealCabinet, takeOut } from './cabinet.testing.ts'

export interface DayPlan {
  /** Deposits asked for and told by way of the courier's phone. */
  readonly byPhone: number
  /** Deposits of a courier with a certificate: his phone brings their facts once it has a network. */
  readonly certified: number
  /** Deposits from before the cut; all are picked up during it, with those of the day. */
  readonly before: number
}

export interface DayResult {
  readonly deposits: number
  readonly pickups: number
  /** Of all deposits and pickups that were begun. */
  readonly servedShare: number
  readonly slowestCodeMs: number
  readonly mergedMs: number
  /** Codes told, parcels stored or parcels collected more than once, and forks. */
  readonly twice: number
}

/** Taking turns: a cabinet opens sixty doors a day for one courier's certificates (decision 0041). */
const couriers = ['+8613900000081', '+8613900000082'] as const
const perRound = 10
const doors = 20

/** A day on which the cabinet's cable is out: the real terminal and the real cloud in one process, phones between them. */
export async function runOfflineDay(plan: DayPlan): Promise<DayResult> {
  const town = await openTown('memory')
  const sf = await town.addCarrier('sf')
  const { operator } = await town.addStaff('Town')
  for (const phone of couriers) await town.addCourier(phone, sf.carrier)
  const cookie = await town.signIn('courier', couriers[0])
  const colleague = await town.signIn('courier', couriers[1])
  const installed = await town.install(operator, 1, doors)
  const cabinet = await openCabinet(town, installed)
  try {
    return await liveDay(
      { town, cabinet, cookie, colleague, carrier: sf.carrier, headers: sf.headers, at: installed.cabinet },
      plan,
    )
  } finally {
    await cabinet.stop()
    await town.close()
  }
}

type Scene = {
  readonly town: Town
  readonly cabinet: RealCabinet
  readonly cookie: Readonly<Record<string, string>>
  readonly colleague: Readonly<Record<string, string>>
  readonly carrier: CarrierId
  readonly headers: Readonly<Record<string, string>>
  readonly at: string
}

async function liveDay(scene: Scene, { byPhone, certified, before }: DayPlan): Promise<DayResult> {
  const { cabinet, town } = scene
  const all = Array.from({ length: before + byPhone + certified }, (_, n) => parcelOf(scene, n))
  const [early, phoned, last] = [all.slice(0, before), all.slice(before, before + byPhone), all.slice(before + byPhone)]
  for (const parcel of [...early, ...last]) await announce(scene, parcel, scene.at)
  for (const parcel of phoned) await announce(scene, parcel)
  await eventually(() => last.every(({ digest }) => cabinet.loop.cards.lookup(digest) !== undefined))
  const phones = [await certify(scene, scene.cookie), await certify(scene, scene.colleague)]
  let [served, slowestCodeMs] = [0, 0]
  const round = async (parcels: Parameters<Way>[0], way: Way): Promise<void> => {
    for (let from = 0; from < parcels.length; from += perRound) {
      const some = parcels.slice(from, from + perRound)
      const made = await way(some)
      served += made.length
      slowestCodeMs = Math.max(slowestCodeMs, ...made.map(({ codeMs }) => codeMs))
      // What lay there before is collected with the cable out as well.
      cabinet.network.cut(true)
      served += await pickUpAll(scene, made)
      if (parcels === early) cabinet.network.cut(false)
    }
  }
  await round(early, async (some) => await depositOnline(scene, some))
  cabinet.network.cut(true)
  await round(phoned, async (some) => await depositByPhone(scene, some))
  await round(last, async (some) => {
    const [phone] = phones.splice(0, 1)
    if (phone === undefined) throw new Error('nobody is certified')
    phones.push(phone)
    return await depositCertified({ ...scene, cookie: phone.cookie }, some, phone)
  })

  const back = performance.now()
  cabinet.network.cut(false)
  const collected = async () =>
    (await town.rows<{ n: number }>("select count(*)::int as n from parcel where state = 'collected'"))[0]?.n
  await eventually(async () => (await collected()) === all.length)
  const mergedMs = performance.now() - back
  const asked = all.length * 2
  return {
    deposits: all.length,
    pickups: all.length,
    servedShare: served / asked,
    slowestCodeMs,
    mergedMs,
    twice: await twice(scene, all),
  }
}

type Made = { readonly parcel: Parcel & { readonly n: number }; readonly deposit: DepositId; readonly codeMs: number }
type Way = (some: readonly (Parcel & { readonly n: number })[]) => Promise<readonly Made[]>

const phoneOf = (n: number): string => `+86137001${String(10_000 + n)}`

function parcelOf({ carrier }: Scene, n: number) {
  const number = `SF72000000${String(10_000 + n)}`
  return { n, number, carrier, digest: parcelDigest(seals, carrier, number) }
}

async function announce(
  { town, headers }: Scene,
  parcel: ReturnType<typeof parcelOf>,
  cabinet?: string,
): Promise<void> {
  const { number, n } = parcel
  const named = cabinet === undefined ? {} : { cabinet }
  const body = { trackingNumber: number, recipient: { phone: phoneOf(n), locale: 'en' }, ...named }
  ok(await town.call('/v1/parcels', { headers: { ...headers, 'idempotency-key': `day-${n}` }, body }))
}

/** What the recipient's phone says: the nine digits of the message about this parcel. */
const codesOf = ({ town }: Scene, n: number): readonly string[] => [
  ...new Map(
    town.tray.letters
      .filter(({ to, text }) => to === phoneOf(n) && /\d{3} \d{3} \d{3}/.test(text))
      .map(({ id, text }) => [id, /\d{3} \d{3} \d{3}/.exec(text)?.[0].replaceAll(' ', '') ?? '']),
  ).values(),
]

async function known(scene: Scene, n: number): Promise<void> {
  await eventually(() => codesOf(scene, n).length > 0)
}

async function depositOnline(scene: Scene, some: Parameters<Way>[0]): Promise<readonly Made[]> {
  await signInByPhone(scene)
  const made: Made[] = []
  for (const parcel of some)
    made.push({ parcel, deposit: await putIn(scene.cabinet, parcel, cardOf(scene, parcel)), codeMs: 0 })
  leave(scene)
  for (const { n } of some) await known(scene, n)
  return made
}

/** No card is here: the phone asks, the recipient agrees, the answer opens; the facts go out before the next scan. */
async function depositByPhone(scene: Scene, some: Parameters<Way>[0]): Promise<readonly Made[]> {
  await signInByPhone(scene)
  const made: Made[] = []
  for (const parcel of some) {
    const deposit = await putIn(scene.cabinet, parcel, await askByPhone(scene, parcel))
    const began = performance.now()
    await carry(scene, deposit)
    await known(scene, parcel.n)
    made.push({ parcel, deposit, codeMs: performance.now() - began })
  }
  leave(scene)
  return made
}

/** The phone has no network while he works; it brings everything when it has one again. */
async function depositCertified(
  scene: Scene,
  some: Parameters<Way>[0],
  { certificate, key }: Certified,
): Promise<readonly Made[]> {
  const { cabinet, at } = scene
  const { nonce, number } = cabinet.loop.screenNonce()
  const screen = { cabinet: at as never, nonce: new Uint8Array(Buffer.from(nonce, 'hex')), number: Number(number) }
  const body = concatBytes(certificate, answerBytes(certificate, screen).slice(-33))
  const signature = seals.sign(key.privateKey, { kind: 'certificate-answer', bytes: body })
  present(cabinet, certificateText(certificate, screen, signature))
  const made: Made[] = []
  for (const parcel of some)
    made.push({ parcel, deposit: await putIn(cabinet, parcel, cardOf(scene, parcel)), codeMs: 0 })
  leave(scene)
  for (const { deposit } of made) await carry(scene, deposit)
  for (const { n } of some) await known(scene, n)
  return made
}

const cardOf = ({ cabinet }: Scene, { digest, number }: Parcel): Card => {
  const card = cabinet.loop.cards.lookup(digest)
  if (card === undefined) throw new Error(`no card of ${number}`)
  return card
}

async function signInByPhone({ town, cabinet, cookie, carrier, at }: Scene): Promise<void> {
  // A courier signs in a few times an hour, not a minute: the cloud's day goes on with the cabinet's.
  town.clock.leap(minutes(1))
  const { nonce, number } = cabinet.loop.screenNonce()
  const body = { cabinet: at, nonce, number, carrier }
  const { grant } = ok(await town.call('/v1/courier/kiosk-sign-ins', { headers: cookie, body })) as { grant: string }
  // Where the network brought it first, the screen's number is spent already.
  if (cabinet.loop.cabinet().session === null) present(cabinet, grant)
}

function present({ loop }: RealCabinet, text: string): void {
  const answer = loop.present(text)
  if (answer.kind === 'grant' && !answer.verdict.accepted && loop.cabinet().session === null) {
    throw new Error(answer.verdict.refusal)
  }
}

const leave = ({ cabinet }: Scene): void => void cabinet.submit({ type: 'endSession', session: cabinet.session() })

/** The kiosk's question by the camera, the answer before the scanner; the recipient agrees by his app meanwhile. */
async function askByPhone({ town, cabinet, cookie, carrier }: Scene, { number, digest }: Parcel): Promise<Card> {
  const session = cabinet.loop.cabinet().session
  if (session?.kind !== 'courier') throw new Error('nobody is signed in')
  const deposit = cabinet.loop.drawId('deposit')
  const plain = { carrier, number }
  const replied = cabinet.loop.askByPhone({ kind: 'consent', parcel: digest, deposit, courier: session.person, plain })
  await eventually(() => cabinet.loop.askTexts(deposit).length > 0)
  const bytes = base64FromBytes(wholeOfTexts(cabinet.loop.askTexts(deposit)))
  const ask = async (again: object) =>
    json(await town.call('/v1/courier/asks', { headers: cookie, body: { bytes, ...again } }))
  const first = await ask({})
  if (first['state'] === 'waiting') {
    const found = await town.parcels.find(carrier, { trackingNumber: number })
    await town.parcels.recordConsent({ parcel: (found?.id ?? '') as never, phone: null, accept: true, channel: 'app' })
  }
  const { codes } = first['state'] === 'waiting' ? await ask({ again: true }) : first
  for (const text of codes as readonly string[]) cabinet.loop.present(text)
  const answer = await replied
  const card = answer.answered ? answer.reply.card : undefined
  if (card === undefined || card === null) throw new Error('the phone brought no card')
  return card
}

function wholeOfTexts(texts: readonly string[]): Uint8Array {
  const parts = texts.flatMap((text) => readPart(text) ?? [])
  const [series] = parts.reduce<ReadonlyMap<string, Series>>(collect, new Map()).values()
  const whole = series === undefined ? undefined : wholeOf(series)
  if (whole === undefined) throw new Error('the screen shows no whole')
  return whole
}

async function carry({ town, cabinet, cookie }: Scene, deposit: DepositId): Promise<void> {
  const bytes = base64FromBytes(wholeOfTexts(cabinet.loop.carried(deposit)))
  ok(await town.call('/v1/courier/carried', { headers: cookie, body: { kind: 'facts', bytes } }))
}

async function pickUpAll(scene: Scene, made: readonly Made[]): Promise<number> {
  let taken = 0
  for (const { parcel, deposit } of made) {
    if (await takeOut(scene.cabinet, deposit, codesOf(scene, parcel.n)[0] ?? '')) taken += 1
  }
  return taken
}

/** A phone with its key and what the cloud says of it. */
type Certified = {
  readonly cookie: Scene['cookie']
  readonly key: KeyPair
  readonly certificate: Uint8Array
}

async function certify({ town }: Scene, cookie: Scene['cookie']): Promise<Certified> {
  const key = seals.generate('p256')
  const body = { key: base64FromBytes(keyParts(key.publicKey).bytes) }
  const reply = ok(await town.call('/v1/courier/certificates', { headers: cookie, body }))
  const [made] = (reply as { certificates: readonly { certificate: string }[] }).certificates
  return { cookie, key, certificate: bytesFromBase64(made?.certificate ?? '') ?? new Uint8Array() }
}

async function twice(scene: Scene, all: readonly { readonly n: number }[]): Promise<number> {
  const told = all.filter(({ n }) => codesOf(scene, n).length !== 1).length
  const events = await scene.town.rows<{ n: number }>(
    `select count(*)::int as n from (select parcel, type from parcel_event where type in ('deposited', 'collected')
     group by parcel, type having count(*) <> 1) as more`,
  )
  const forks = await scene.town.rows<{ n: number }>(
    "select count(*)::int as n from outbox where topic = 'cabinet-health' and payload->>'change' = 'journal-forked'",
  )
  return told + (events[0]?.n ?? 0) + (forks[0]?.n ?? 0)
}
