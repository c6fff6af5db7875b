import Type, { type Static } from 'typebox'
import { type AnnounceRequest, type Parcel, parcelSchema } from '@holdfast/wire/http/parcels.ts'
import { parcelEventPage } from '@holdfast/wire/http/carriers.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { manager } from '../plan/people.ts'
import type { Places } from '../plan/places.ts'
import { type Caller, createCaller } from './caller.ts'
import { type PasserBy } from './passer-by.ts'
import { eventually } from './watch.ts'

export interface CarrierSystem extends Caller {
  announce(request: AnnounceRequest, key?: string): Promise<Parcel>
  parcel(id: string): Promise<Parcel>
  events(): Promise<Static<typeof parcelEventPage>['items']>
}

/** The carrier's own system, with its API key. */
export function createCarrierSystem({ cloud, apiKey }: Pick<Places, 'cloud' | 'apiKey'>): CarrierSystem {
  const caller = createCaller(cloud, { authorization: `Bearer ${apiKey}` })
  return {
    ...caller,
    announce: async (request, key = `tour-${request.trackingNumber}`) =>
      await caller.ask(parcelSchema, 'POST /v1/parcels', request, { 'idempotency-key': key }),
    parcel: async (id) => await caller.ask(parcelSchema, `GET /v1/parcels/${id}`),
    events: async () => await allEvents(caller),
  }
}

async function allEvents(caller: Caller) {
  const items: Static<typeof parcelEventPage>['items'] = []
  for (let after = ''; ;) {
    const query = after === '' ? '' : `&after=${encodeURIComponent(after)}`
    const page = await caller.ask(parcelEventPage, `GET /v1/events?limit=200${query}`)
    items.push(...page.items)
    if (page.next === null || page.items.length === 0) return items
    after = page.next
  }
}

export type Audience = 'courier' | 'recipient'

const codeWaitMs = 65_000

/** Signs somebody in to an app with the code that came to the tray. */
export async function signIn(
  { cloud }: Pick<Places, 'cloud'>,
  street: PasserBy,
  { phone, audience }: { readonly phone: string; readonly audience: Audience },
): Promise<Caller> {
  const caller = createCaller(cloud)
  const before = new Set(street.messages().map(({ id }) => id))
  // One code a minute for one phone: after an earlier tour a person waits, and so do we.
  await eventually(
    async () => {
      const { status, body } = await caller.call('POST /v1/sign-in/codes', { phone, audience, locale: 'en' })
      if (status !== 202 && status !== 429)
        throw new Error(`sign-in codes are answered ${status} ${JSON.stringify(body)}`)
      return status === 202 ? true : undefined
    },
    `a sign-in code for ${phone}`,
    codeWaitMs,
  )
  const { text } = await street.message(phone, ({ id, text }) => !before.has(id) && sixDigits.test(text))
  await caller.ask(emptySchema, 'POST /v1/sign-in', { phone, audience, code: sixDigits.exec(text)?.[1] ?? '' })
  return caller
}

/** The operator's manager at the dashboard. */
export async function signInStaff({ cloud }: Pick<Places, 'cloud'>): Promise<Caller> {
  const caller = createCaller(cloud)
  const { email, password } = manager
  await caller.ask(Type.Unknown(), 'POST /v1/operator/sign-in', { email, password })
  return caller
}

export const sixDigits = /(?<!\d)(\d{6})(?!\d)/

/** The nine digits of a pickup message, shown 3-3-3. */
export const pickupCode = (text: string): string | undefined =>
  /(?<!\d)(\d{3})[ \u00A0-](\d{3})[ \u00A0-](\d{3})(?!\d)/u.exec(text)?.slice(1).join('')
