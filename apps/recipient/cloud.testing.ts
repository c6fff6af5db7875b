import { consentRequest, recipientParcelSchema, recipientParcelsSchema } from '@holdfast/wire/http/parcels.ts'
import type { RecipientParcel, RecipientParcels } from '@holdfast/wire/http/parcels.ts'
import {
  claimHandoverRequest,
  grantReply,
  handedOverSchema,
  handOverRequest,
  type Handovers,
  handoversSchema,
  kioskScanRequest,
  pickupAskedSchema,
  type PickupFromAfar,
  pickupFromAfarRequest,
  pickupFromAfarSchema,
  pickupGrantRequest,
  recipientKioskSchema,
  takeBackRequest,
} from '@holdfast/wire/http/access.ts'
import { type Inbox, inboxReadRequest, inboxSchema, unreadSchema } from '@holdfast/wire/http/notices.ts'
import { recipientSchema, recipientWishes } from '@holdfast/wire/http/people.ts'
import type { Recipient } from '@holdfast/wire/http/people.ts'
import { accepted, gives, refuses } from '../kit/phone/testing/cloud.testing.ts'
import type { FakeRoute } from '../kit/phone/testing/cloud.testing.ts'
import {
  anId,
  grant,
  hourMs,
  kioskNumber,
  northGate,
  now,
  numberWrong,
  signInRoutes,
} from '../kit/phone/testing/town.testing.ts'

export const aRecipientParcel = (given: Partial<RecipientParcel> = {}): RecipientParcel => ({
  id: anId('parcel'),
  trackingNumber: 'SF1034567890123',
  carrierName: '顺达速递',
  state: 'stored',
  consent: 'given',
  place: northGate,
  door: { compartment: anId('compartment'), label: 'A07', size: 'M' },
  deposit: anId('deposit'),
  code: '048215937',
  storedAt: now() - hourMs,
  dueAt: now() + 30 * hourMs,
  endedAt: null,
  complaintPhone: '95338',
  cabinetOnline: true,
  ...given,
})

export const expectedParcel = (given: Partial<RecipientParcel> = {}): RecipientParcel =>
  aRecipientParcel({
    state: 'expected',
    consent: 'asked',
    place: null,
    door: null,
    deposit: null,
    code: null,
    storedAt: null,
    dueAt: null,
    complaintPhone: null,
    cabinetOnline: null,
    ...given,
  })

export interface RecipientTown {
  lists: RecipientParcels
  me: Recipient
  online: boolean
  /** What the phone is told of a door that it opens, look by look. */
  afar: readonly Pick<PickupFromAfar, 'state' | 'door'>[]
  received?: Handovers['received']
  messages: Inbox['items']
  /** The code was sent a moment ago. */
  toldAlready?: true
}

export function aTown(): RecipientTown {
  const two = anId('deposit')
  return {
    online: true,
    messages: [],
    afar: [
      { state: 'taken', door: 'shut' },
      { state: 'taken', door: 'open' },
      { state: 'taken', door: 'shut' },
    ],
    me: { person: anId('person'), phoneMasked: '138******78', locale: 'zh', lowDoor: false, alwaysConsents: false },
    lists: {
      waiting: [
        aRecipientParcel(),
        aRecipientParcel({
          deposit: two,
          code: '730006128',
          trackingNumber: 'YT8812345678901',
          door: { compartment: anId('compartment'), label: 'B03', size: 'L' },
          dueAt: now() - hourMs,
          state: 'overdue',
          cabinetOnline: false,
        }),
      ],
      expected: [
        expectedParcel({ trackingNumber: 'ZT7700112233445' }),
        expectedParcel({ trackingNumber: 'EA123456789CN', consent: 'none' }),
      ],
      past: [
        aRecipientParcel({ state: 'collected', code: null, endedAt: now() - 50 * hourMs }),
        aRecipientParcel({ state: 'refused', code: null, endedAt: now() - 90 * hourMs }),
      ],
    },
  }
}

const toldTooOften = refuses(429, 'code-told-too-often', {
  en: 'The code was sent a moment ago. Wait a little.',
  zh: '取件码刚刚发送过，请稍候。',
  ko: '방금 번호를 보냈습니다. 잠시 기다려 주세요.',
})

export const aMessage = (given: Partial<Inbox['items'][number]> = {}): Inbox['items'][number] => ({
  id: anId('message'),
  at: now() - hourMs,
  isRead: false,
  subject: '快件已到柜',
  text: '您的快件已放入一号柜（人民路1号）A07 格口，取件码 048 215 937，免费保管至1月16日 16:00。',
  parcel: anId('parcel'),
  ...given,
})

const inbox = (town: RecipientTown): readonly FakeRoute[] => [
  { at: 'GET /v1/recipient/inbox', reply: inboxSchema, handle: () => gives({ items: town.messages }) },
  {
    at: 'GET /v1/recipient/inbox/unread',
    reply: unreadSchema,
    handle: () => gives({ unread: town.messages.filter(({ isRead }) => !isRead).length }),
  },
  {
    at: 'POST /v1/recipient/inbox/read',
    body: inboxReadRequest,
    handle: ({ body }) => {
      const read = JSON.stringify(body['messages'])
      town.messages = town.messages.map((each) => (read.includes(each.id) ? { ...each, isRead: true } : each))
      return accepted
    },
  },
]

const parcels = (town: RecipientTown): readonly FakeRoute[] => [
  { at: 'GET /v1/recipient/parcels', reply: recipientParcelsSchema, handle: () => gives(town.lists) },
  {
    at: 'POST /v1/recipient/parcels/:parcel/consent',
    body: consentRequest,
    reply: recipientParcelSchema,
    handle: ({ params, body }) => {
      const consent = body['accept'] === true ? 'given' : 'declined'
      const expected = town.lists.expected.map((one) => (one.id === params[0] ? ({ ...one, consent } as const) : one))
      town.lists = { ...town.lists, expected }
      return gives(expected.find(({ id }) => id === params[0]))
    },
  },
  { at: 'POST /v1/recipient/parcels/:parcel/new-code', handle: () => accepted },
  { at: 'POST /v1/recipient/parcels/:parcel/resend', handle: () => (town.toldAlready ? toldTooOften : accepted) },
  {
    at: 'POST /v1/recipient/parcels/:parcel/not-mine',
    handle: ({ params }) => {
      town.lists = { ...town.lists, waiting: town.lists.waiting.filter(({ id }) => id !== params[0]) }
      return accepted
    },
  },
  { at: 'GET /v1/recipient/me', reply: recipientSchema, handle: () => gives(town.me) },
  {
    at: 'PATCH /v1/recipient/me',
    body: recipientWishes,
    reply: recipientSchema,
    handle: ({ body }) => gives((town.me = { ...town.me, ...body })),
  },
]

const atKiosk = (town: RecipientTown): readonly FakeRoute[] => [
  {
    at: 'POST /v1/recipient/kiosk-scans',
    body: kioskScanRequest,
    reply: recipientKioskSchema,
    handle: () =>
      gives({
        place: northGate,
        online: town.online,
        deposits: town.lists.waiting.flatMap(({ deposit, door, trackingNumber, carrierName }) =>
          deposit && door ? [{ deposit, door, trackingNumbers: [trackingNumber], carrierName }] : [],
        ),
      }),
  },
  {
    at: 'POST /v1/recipient/pickup-grants',
    body: pickupGrantRequest,
    reply: grantReply,
    handle: ({ body }) => {
      if (body['number'] !== kioskNumber) return numberWrong
      const found = town.lists.waiting.find(({ deposit }) => deposit === body['deposit'])
      return gives({ grant, sent: town.online, door: found?.door ?? null })
    },
  },
]

/** The door moves as it is looked at: opening, open, shut. */
const afar = (town: RecipientTown): readonly FakeRoute[] => {
  let looks = 0
  return [
    {
      at: 'POST /v1/recipient/pickups',
      body: pickupFromAfarRequest,
      reply: pickupAskedSchema,
      handle: ({ body }) => {
        looks = 0
        const found = town.lists.waiting.find(({ deposit }) => deposit === body['deposit'])
        return gives({ order: anId('order'), door: found?.door })
      },
    },
    {
      at: 'GET /v1/recipient/pickups/:cabinet/:order',
      reply: pickupFromAfarSchema,
      handle: () => gives({ refusal: null, ...town.afar[Math.min(looks++, town.afar.length - 1)] }),
    },
  ]
}

const handovers = (town: RecipientTown): readonly FakeRoute[] => {
  let given: Handovers['given'] = []
  const all = (): Handovers => ({ given, received: town.received ?? [] })
  return [
    { at: 'GET /v1/recipient/handovers', reply: handoversSchema, handle: () => gives(all()) },
    {
      at: 'POST /v1/recipient/handovers',
      body: handOverRequest,
      reply: handedOverSchema,
      handle: ({ body }) => {
        given = [{ cabinet: northGate.cabinet, deposit: String(body['deposit']), claimed: false }]
        return gives({ token: 'a'.repeat(22) })
      },
    },
    {
      at: 'POST /v1/recipient/handovers/take-back',
      body: takeBackRequest,
      handle: () => {
        given = []
        return gives({})
      },
    },
    {
      at: 'POST /v1/recipient/handovers/claim',
      body: claimHandoverRequest,
      reply: handoversSchema,
      handle: () => gives(all()),
    },
  ]
}

export const recipientRoutes = (town: RecipientTown): readonly FakeRoute[] => [
  ...signInRoutes('recipient'),
  ...parcels(town),
  ...inbox(town),
  ...atKiosk(town),
  ...handovers(town),
  ...afar(town),
]
