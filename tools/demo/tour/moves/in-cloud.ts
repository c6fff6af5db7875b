import { type Alert, alertListSchema } from '@holdfast/wire/http/alerts.ts'
import { type CabinetView, cabinetViewSchema, type OrderView, orderViewSchema } from '@holdfast/wire/http/cabinets.ts'
import { type Parcel, parcelSchema, type RecipientParcel, recipientParcelsSchema } from '@holdfast/wire/http/parcels.ts'
import { Value } from 'typebox/value'
import { pickupCode } from '../../actors/cast.ts'
import { eventually } from '../../actors/watch.ts'
import { type CabinetKey, cabinets } from '../../plan/people.ts'
import type { RecipientName, Stage } from '../stage.ts'

export interface Announced {
  readonly recipient: RecipientName
  readonly size: 'S' | 'M' | 'L' | 'XL'
  /** The buyer chose it: consent to that cabinet. */
  readonly cabinet?: CabinetKey
}

export async function announce(stage: Stage, name: string, given: Announced): Promise<Parcel> {
  const parcel = await stage.carrier.announce({
    trackingNumber: stage.number(name),
    recipient: { phone: stage.phones[given.recipient], locale: 'en' },
    size: given.size,
    ...(given.cabinet === undefined ? {} : { cabinet: cabinets[given.cabinet].id }),
  })
  stage.parcels.set(name, parcel.id)
  return parcel
}

/** Waits until the carrier's system sees the parcel so. */
export async function parcelIs(stage: Stage, name: string, state: Parcel['state']): Promise<Parcel> {
  return await eventually(async () => {
    const parcel = await parcelOf(stage, name)
    return parcel?.state === state ? parcel : undefined
  }, `${name} to be ${state} at the carrier`)
}

async function parcelOf({ carrier, number, parcels }: Stage, name: string): Promise<Parcel | undefined> {
  const known = parcels.get(name)
  if (known !== undefined) return await carrier.parcel(known)
  const { status, body } = await carrier.call(`GET /v1/parcels?trackingNumber=${number(name)}`)
  if (status !== 200 || !Value.Check(parcelSchema, body)) return undefined
  parcels.set(name, body.id)
  return body
}

/** The message with the code came to the tray; the code is the one that the app shows to its owner. */
export async function noticeOf(stage: Stage, name: string, who: RecipientName): Promise<string> {
  const waiting = await eventually(async () => {
    const parcel = await seenBy(stage, who, name)
    return parcel?.code === null ? undefined : parcel
  }, `${name} with its code in the recipient's app`)
  const code = waiting.code ?? ''
  const { text } = await stage.street.message(stage.phones[who], (message) => pickupCode(message.text) === code)
  if (!text.includes(waiting.door?.label ?? '?')) throw new Error(`the message names no door: ${text}`)
  stage.codes.set(name, code)
  return code
}

export async function seenBy(stage: Stage, who: RecipientName, name: string): Promise<RecipientParcel | undefined> {
  const { waiting, expected, past } = await stage.recipients[who].ask(
    recipientParcelsSchema,
    'GET /v1/recipient/parcels',
  )
  return [...waiting, ...expected, ...past].find(({ trackingNumber }) => trackingNumber === stage.number(name))
}

export async function depositOf(stage: Stage, who: RecipientName, name: string): Promise<string> {
  return await eventually(
    async () => (await seenBy(stage, who, name))?.deposit ?? undefined,
    `the deposit of ${name} in the recipient's app`,
  )
}

export const viewOf = async ({ staff }: Stage, key: CabinetKey): Promise<CabinetView> =>
  await staff.ask(cabinetViewSchema, `GET /v1/operator/cabinets/${cabinets[key].id}`)

/** Sends an order and waits for its last word. */
export async function order(
  stage: Stage,
  { cabinet, label, ...wish }: { readonly cabinet: CabinetKey; readonly label: string } & Wish,
): Promise<OrderView> {
  const { compartments } = await viewOf(stage, cabinet)
  const at = compartments.find((compartment) => compartment.label === label)
  if (at === undefined) throw new Error(`no compartment ${label}`)
  const request = { ...wish, compartment: at.id, epoch: at.epoch }
  const line = `POST /v1/operator/cabinets/${cabinets[cabinet].id}/orders`
  const sent = await stage.staff.ask(orderViewSchema, line, request)
  return await eventually(async () => {
    const now = await stage.staff.ask(orderViewSchema, `GET /v1/operator/orders/${sent.order}`)
    return ended.has(now.state) ? now : undefined
  }, `the answer to ${wish.kind} ${label}`)
}

type Wish =
  | { readonly kind: 'open' | 'retire' | 'restore'; readonly reason: string }
  | { readonly kind: 'inspect'; readonly seen: 'empty' | 'parcel-inside'; readonly reason: string }

const ended: ReadonlySet<OrderView['state']> = new Set([
  'opened',
  'not-opened',
  'unknown',
  'done',
  'refused',
  'unanswered',
])

export async function alert(
  { staff }: Stage,
  kind: Alert['kind'],
  { label, withinMs }: { readonly label: string; readonly withinMs?: number },
): Promise<Alert> {
  return await eventually(
    async () => {
      const { items } = await staff.ask(alertListSchema, 'GET /v1/operator/alerts?state=open')
      return items.find((found) => found.kind === kind && found.door?.label === label)
    },
    `the alert ${kind} at ${label}`,
    withinMs,
  )
}
