import { eventually } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import { json, openTown, seals, type Town, type Wire } from '@holdfast/cloud/journeys/town.testing.ts'
import type { Db } from '@holdfast/cloud/platform/postgres/db.ts'
import type { CabinetId, CarrierId, DepositId, OperatorId } from '@holdfast/core/values/ids.ts'
import { type DurationMs, minutes } from '@holdfast/core/values/instants.ts'
import type { Size } from '@holdfast/core/values/sizes.ts'
import type { Front } from '@holdfast/terminal/uplink/up/health.ts'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import { collect, readPart, type Series, wholeOf } from '@holdfast/wire/carry/parts.ts'
import { answerBytes, certificateText } from '@holdfast/wire/seals/certificate.ts'
import { type KeyPair, keyParts } from '@holdfast/wire/seals/keys.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { ok, openCabinet, type Parcel, type RealCabinet } from './cabinet.testing.ts'

export type Cookie = Readonly<Record<string, string>>

/** The real terminal and the real cloud in one process, with whoever walks between them. */
export type Scene = {
  readonly town: Town
  readonly cabinet: RealCabinet
  readonly operator: OperatorId
  /** A manager's. */
  readonly staff: Cookie
  readonly cookie: Cookie
  readonly colleague: Cookie
  readonly carrier: CarrierId
  /** The carrier's key. */
  readonly headers: Cookie
  readonly at: CabinetId
  /** The day of both sides goes on by so much. */
  readonly leap: (by: DurationMs) => void
  readonly close: () => Promise<void>
}

const couriers = ['+8613900000081', '+8613900000082'] as const

/** A window of the cabinet's must not pass while this machine is busy with something else: hence no faster. */
const usualSpeed = 4

export type More = {
  readonly large?: number
  readonly front?: Front
  readonly wire?: Wire
  readonly openDb?: () => Promise<Db>
}

export async function openScene(doors = 20, speed = usualSpeed, more: More = {}): Promise<Scene> {
  const { large, front, wire = 'memory', openDb } = more
  const town = await openTown(wire, openDb)
  const sf = await town.addCarrier('sf')
  const { operator, headers: staff } = await town.addStaff('Town')
  for (const phone of couriers) await town.addCourier(phone, sf.carrier)
  const cookie = await town.signIn('courier', couriers[0])
  const colleague = await town.signIn('courier', couriers[1])
  const enrolled = await town.enrol(operator, 1, doors, large)
  const cabinet = await openCabinet(town, enrolled, speed, front)
  return {
    town,
    cabinet,
    operator,
    staff,
    cookie,
    colleague,
    carrier: sf.carrier,
    headers: sf.headers,
    at: enrolled.cabinet,
    leap: (by) => {
      cabinet.leap(by)
      town.clock.leap(by)
    },
    close: async () => {
      await cabinet.stop()
      await town.close()
    },
  }
}

/** A courier signs in to the app each morning: a session that nobody used for half a day is over. */
export const nextMorning = async (scene: Scene): Promise<Scene> => ({
  ...scene,
  cookie: await scene.town.signIn('courier', couriers[0]),
})

export type NthParcel = Parcel & { readonly n: number; readonly size?: Size }

export const phoneOf = (n: number): string => `+86137001${String(10_000 + n)}`

export function parcelOf({ carrier }: Scene, n: number): NthParcel {
  const number = `SF72000000${String(10_000 + n)}`
  return { n, number, carrier, digest: parcelDigest(seals, carrier, number) }
}

/** With `cabinet` named its card goes there. */
export async function announcementOf(scene: Scene, { number, n, size }: NthParcel, cabinet?: CabinetId) {
  const { town, headers } = scene
  const named = cabinet === undefined ? {} : { cabinet }
  const body = {
    trackingNumber: number,
    recipient: { phone: phoneOf(n), locale: 'en' },
    ...named,
    ...(size && { size }),
  }
  return await town.call('/v1/parcels', { headers: { ...headers, 'idempotency-key': `day-${n}` }, body })
}

export async function announce(scene: Scene, parcel: NthParcel, cabinet?: CabinetId): Promise<void> {
  ok(await announcementOf(scene, parcel, cabinet))
}

/** The owner of the nth phone says so in the app. */
export async function consentAlways({ town }: Scene, n: number): Promise<void> {
  const headers = await town.signIn('recipient', phoneOf(n))
  ok(await town.call('/v1/recipient/me', { method: 'PATCH', headers, body: { alwaysConsents: true } }))
}

/** Once the cabinet has heard of all of them. */
export async function carded(scene: Scene, parcels: readonly NthParcel[]): Promise<void> {
  for (const parcel of parcels) await announce(scene, parcel, scene.at)
  await merged(scene, () => parcels.every(({ digest }) => scene.cabinet.loop.cards.lookup(digest) !== undefined))
}

/** What the recipient's phone says: the nine digits of each message about this parcel, in the order they came. */
export const codesOf = ({ town }: Scene, n: number): readonly string[] => [
  ...new Map(
    town.tray.letters
      .filter(({ to, text }) => to === phoneOf(n) && /\d{3} \d{3} \d{3}/.test(text))
      .map(({ id, text }) => [id, /\d{3} \d{3} \d{3}/.exec(text)?.[0].replaceAll(' ', '') ?? '']),
  ).values(),
]

export async function known(scene: Scene, n: number): Promise<void> {
  await merged(scene, () => codesOf(scene, n).length > 0)
}

export const cardOf = ({ cabinet }: Scene, { digest, number }: Parcel): Card => {
  const card = cabinet.loop.cards.lookup(digest)
  if (card === undefined) throw new Error(`no card of ${number}`)
  return card
}

export async function signInByPhone({ town, cabinet, cookie, carrier, at }: Scene): Promise<void> {
  // A courier signs in a few times an hour, not a minute: the cloud's day goes on with the cabinet's.
  town.clock.leap(minutes(1))
  const { nonce, number } = cabinet.loop.screenNonce()
  const body = { cabinet: at, nonce, number, carrier }
  const { grant } = ok(await town.call('/v1/courier/kiosk-sign-ins', { headers: cookie, body })) as { grant: string }
  // Where the network brought it first, the screen's number is spent already.
  if (cabinet.loop.cabinet().session === null) present(cabinet, grant)
}

/** A phone with its key and what the cloud says of it. */
export type Certified = {
  readonly cookie: Cookie
  readonly key: KeyPair
  readonly certificate: Uint8Array
}

export async function certify({ town }: Scene, cookie: Cookie): Promise<Certified> {
  const key = seals.generate('p256')
  const body = { key: base64FromBytes(keyParts(key.publicKey).bytes) }
  const reply = ok(await town.call('/v1/courier/certificates', { headers: cookie, body }))
  const [made] = (reply as { certificates: readonly { certificate: string }[] }).certificates
  return { cookie, key, certificate: bytesFromBase64(made?.certificate ?? '') ?? new Uint8Array() }
}

/** What the phone shows to the scanner, without any network. */
export function certifiedText({ cabinet, at }: Scene, { certificate, key }: Certified): string {
  const { nonce, number } = cabinet.loop.screenNonce()
  const screen = { cabinet: at, nonce: new Uint8Array(Buffer.from(nonce, 'hex')), number: Number(number) }
  const body = concatBytes(certificate, answerBytes(certificate, screen).slice(-33))
  const signature = seals.sign(key.privateKey, { kind: 'certificate-answer', bytes: body })
  return certificateText(certificate, screen, signature)
}

export const signInCertified = (scene: Scene, phone: Certified): void =>
  present(scene.cabinet, certifiedText(scene, phone))

function present({ loop }: RealCabinet, text: string): void {
  const answer = loop.present(text)
  if (answer.kind === 'grant' && !answer.verdict.accepted && loop.cabinet().session === null) {
    throw new Error(answer.verdict.refusal)
  }
}

export const leave = ({ cabinet }: Scene): void =>
  void cabinet.submit({ type: 'endSession', session: cabinet.session() })

/** The kiosk's question by the camera, the answer before the scanner; the recipient agrees by his app meanwhile. */
export async function askByPhone(scene: Scene, { number, digest }: Parcel): Promise<Card> {
  const { town, cabinet, cookie, carrier } = scene
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

/** What the kiosk shows of a deposit goes by the courier's phone to the cloud. */
export async function carry({ town, cabinet, cookie }: Scene, deposit: DepositId): Promise<void> {
  const bytes = base64FromBytes(wholeOfTexts(cabinet.loop.carried(deposit)))
  ok(await town.call('/v1/courier/carried', { headers: cookie, body: { kind: 'facts', bytes } }))
}

function wholeOfTexts(texts: readonly string[]): Uint8Array {
  const parts = texts.flatMap((text) => readPart(text) ?? [])
  const [series] = parts.reduce<ReadonlyMap<string, Series>>(collect, new Map()).values()
  const whole = series === undefined ? undefined : wholeOf(series)
  if (whole === undefined) throw new Error('the screen shows no whole')
  return whole
}

/**
 * Waits until it is so. A cabinet that nobody answered is patient, and the cloud takes its leases anew within ten seconds:
 * the cabinet's day goes on meanwhile, so that it asks again.
 */
export async function merged(
  { cabinet }: Pick<Scene, 'cabinet'>,
  claim: () => boolean | Promise<boolean>,
): Promise<void> {
  const began = performance.now()
  let leapt = began
  while (!(await claim())) {
    const now = performance.now()
    if (now - began > 60_000) throw new Error('it did not come true within a minute')
    if (now - leapt > 1_000) {
      cabinet.leap(minutes(1))
      leapt = now
    }
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
}

/** Codes told, parcels stored or parcels collected more than once, and forks of the journal. */
export async function twice(scene: Scene, all: readonly NthParcel[]): Promise<number> {
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

export const parcelsIn = async ({ town }: Scene, state: string): Promise<number> =>
  (await town.rows<{ n: number }>('select count(*)::int as n from parcel where state = $1', [state]))[0]?.n ?? 0

/** Up to which entry of its cabinet's journal the cloud has committed. */
export const lastHeard = async ({ town, at, staff: headers }: Scene): Promise<number> => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud keeps wire's shapes.
  const view = ok(await town.call(`/v1/operator/cabinets/${at}`, { headers })) as { readonly watermark: number }
  return view.watermark
}
