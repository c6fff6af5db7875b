import { endpointCreated, endpointRequest } from '@holdfast/wire/http/carriers.ts'
import type { CarrierDesk } from '@holdfast/wire/http/desk/carriers.ts'
import {
  carrierDeskList,
  carrierDeskSchema,
  carrierRequest,
  endpointTestSchema,
  keyCreated,
} from '@holdfast/wire/http/desk/carriers.ts'
import { courierPage, courierRequest, courierRowSchema, employmentRequest } from '@holdfast/wire/http/desk/couriers.ts'
import type { CourierRow } from '@holdfast/wire/http/desk/couriers.ts'
import {
  colleagueChange,
  colleaguePage,
  inviteRequest,
  staffLinkSchema,
  welcomeLook,
  welcomeRequest,
  welcomeView,
} from '@holdfast/wire/http/desk/staff.ts'
import type { Colleague } from '@holdfast/wire/http/desk/staff.ts'
import {
  type CabinetSettings,
  cabinetSettingsSchema,
  type SettingsChange,
  settingsChange,
} from '@holdfast/wire/http/desk/settings.ts'
import { placeRequest, placementList, terminalClaim, terminalRequest } from '@holdfast/wire/http/desk/moving.ts'
import type { PlannedOutage } from '@holdfast/wire/http/desk/outages.ts'
import { outageRoutes, outagesAt } from './outages.testing.ts'
import type { FakeRoute } from './routes.testing.ts'
import { idOf } from './scene.testing.ts'

export interface HouseScene {
  readonly now: number
  carriers: CarrierDesk[]
  couriers: CourierRow[]
  colleagues: Colleague[]
  outages: PlannedOutage[]
}

const day = 86_400_000
const token = 'dG9rZW4tb2YtYS1saW5r0123'
const endpoint = (url: string): CarrierDesk['endpoints'][number] => {
  return { id: idOf('endpoint', 1), url, types: [], disabledAt: null, lastDeliveredAt: null, waiting: 0 }
}

/** A house at work; `empty` is one that begins. */
export function houseAt(now: number): HouseScene {
  const carrier = idOf('carrier', 1)
  return {
    now,
    outages: outagesAt(now),
    carriers: [
      {
        id: carrier,
        code: 'sf-express',
        name: '顺丰速运',
        kept: true,
        keys: [{ id: idOf('key', 1), hint: 'x4Qz', createdAt: now - 3 * day }],
        endpoints: [{ ...endpoint('https://hooks.example.com/holdfast'), lastDeliveredAt: now - 120_000 }],
      },
      { id: idOf('carrier', 2), code: 'cj', name: 'CJ대한통운', kept: false, keys: [], endpoints: [] },
    ],
    couriers: [
      {
        person: idOf('person', 1),
        name: '李师傅',
        phoneMasked: '138******78',
        employments: [
          { carrier, carrierName: '顺丰速运', outlet: '城东网点', from: now - 40 * day, until: null },
          { carrier, carrierName: '顺丰速运', outlet: '城西网点', from: now - 90 * day, until: now - 40 * day },
        ],
      },
    ],
    colleagues: [
      {
        staff: idOf('staff', 1),
        name: 'Lin Mei',
        email: 'lin@example.com',
        role: 'manager',
        state: 'active',
        seenAt: now,
      },
      {
        staff: idOf('staff', 2),
        name: '김민지',
        email: 'kim@example.com',
        role: 'dispatcher',
        state: 'invited',
        seenAt: null,
      },
    ],
  }
}

export const emptyHouse = (house: HouseScene): HouseScene => ({
  ...house,
  carriers: [],
  couriers: [],
  colleagues: house.colleagues.slice(0, 1),
})

const gives = (body: unknown, status = 200) => ({ status, body })

const settingsRoutes = (): readonly FakeRoute[] => {
  let settings: CabinetSettings = { screenOut: false, night: null }
  const at = '/v1/operator/cabinets/[^/]+/settings$'
  return [
    { at: new RegExp(`^GET ${at}`), reply: cabinetSettingsSchema, handle: () => gives(settings) },
    {
      at: new RegExp(`^PATCH ${at}`),
      body: settingsChange,
      reply: cabinetSettingsSchema,
      handle: ({ body }) => gives((settings = { ...settings, ...(body as SettingsChange) })),
    },
  ]
}

const placeRoutes = (house: HouseScene): readonly FakeRoute[] => [
  {
    at: /^GET \/v1\/operator\/cabinets\/[^/]+\/places$/,
    reply: placementList,
    handle: () => gives({ items: [placementAt(house.now - 90 * day)] }),
  },
  { at: /^POST \/v1\/operator\/cabinets\/[^/]+\/places$/, body: placeRequest, handle: () => gives({}, 201) },
  {
    at: /^POST \/v1\/operator\/cabinets\/([^/]+)\/terminal$/,
    body: terminalRequest,
    reply: terminalClaim,
    handle: ({ params }) =>
      gives({ cabinet: params[0], claimToken: 'hfc_Zm9yIHRoZSBqb3VybmV5IG9u', expiresAt: house.now + 3 * day }, 201),
  },
]

const placementAt = (from: number) => ({
  siteName: 'North Gate Gardens',
  address: '12 Harbour Street',
  zone: 'Asia/Shanghai',
  retentionHours: 24,
  complaintPhone: '0571-1234567',
  directions: '20 m left of the entrance',
  position: { latitude: 30.2741, longitude: 120.1551 },
  hours: 'daily 07:00 to 22:00',
  from,
  until: null,
  reason: null,
})

export const houseRoutes = (house: HouseScene): readonly FakeRoute[] => [
  ...placeRoutes(house),
  ...settingsRoutes(),
  ...outageRoutes(house),
  ...welcomeRoutes(),
  ...staffRoutes(house),
  ...carrierRoutes(house),
  ...courierRoutes(house),
]

const welcomeRoutes = (): readonly FakeRoute[] => [
  {
    at: /^POST \/v1\/operator\/welcome\/look$/,
    body: welcomeLook,
    reply: welcomeView,
    handle: () => gives({ purpose: 'first', name: null, email: null, operatorName: null }),
  },
  {
    at: /^POST \/v1\/operator\/welcome$/,
    body: welcomeRequest,
    handle: () => ({ status: 200, body: {}, cookie: 'hf_operator=yes; Path=/; HttpOnly; SameSite=Strict' }),
  },
]

const staffRoutes = (house: HouseScene): readonly FakeRoute[] => [
  {
    at: /^GET \/v1\/operator\/staff$/,
    reply: colleaguePage,
    handle: () => gives({ items: house.colleagues, next: null }),
  },
  {
    at: /^POST \/v1\/operator\/staff(?:\/([^/]+)\/reset)?$/,
    reply: staffLinkSchema,
    handle: ({ params, body }) => {
      if (params[0] === undefined) {
        const { name, email, role } = body as { name: string; email: string; role: Colleague['role'] }
        house.colleagues.push({ staff: idOf('staff', 3), name, email, role, state: 'invited', seenAt: null })
      }
      return gives({ staff: idOf('staff', 3), token, expiresAt: house.now + 4 * day }, 201)
    },
    body: inviteRequest,
  },
  { at: /^PATCH \/v1\/operator\/staff\/([^/]+)$/, body: colleagueChange, handle: () => gives({}) },
]

const carrierRoutes = (house: HouseScene): readonly FakeRoute[] => [
  { at: /^GET \/v1\/operator\/carriers$/, reply: carrierDeskList, handle: () => gives({ items: house.carriers }) },
  {
    at: /^POST \/v1\/operator\/carriers$/,
    body: carrierRequest,
    reply: carrierDeskSchema,
    handle: ({ body }) => {
      const { code, name } = body as { code: string; name: string }
      const made = { id: idOf('carrier', 3), code, name, kept: true, keys: [], endpoints: [] }
      house.carriers.push(made)
      return gives(made, 201)
    },
  },
  {
    at: /^POST \/v1\/operator\/carriers\/([^/]+)\/keys$/,
    reply: keyCreated,
    handle: ({ params }) => {
      const key = { id: idOf('key', 3), hint: 'Yy7w', createdAt: house.now }
      house.carriers.find(({ id }) => id === params[0])?.keys.push(key)
      return gives({ id: key.id, key: 'hfk_Zm9yIHRoZSBqb3VybmV5IG9ubHkgYYy7w' }, 201)
    },
  },
  {
    at: /^POST \/v1\/operator\/carriers\/([^/]+)\/endpoints$/,
    body: endpointRequest,
    reply: endpointCreated,
    handle: ({ params, body }) => {
      const made = endpoint((body as { url: string }).url)
      house.carriers.find(({ id }) => id === params[0])?.endpoints.push(made)
      return gives({ endpoint: made, secret: 'whsec_Zm9yIHRoZSBqb3VybmV5IG9ubHkgYQ==' }, 201)
    },
  },
  {
    at: /^POST \/v1\/operator\/carriers\/[^/]+\/endpoints\/[^/]+\/test$/,
    reply: endpointTestSchema,
    handle: () => {
      const sent = {
        id: idOf('event', 1),
        timestamp: '1795470000',
        signature: 'v1,dGhlIHNpZ25hdHVyZSBvZiB0aGUgdGVzdA==',
      }
      return gives({ accepted: true, status: 204, problem: null, tookMs: 41, sent })
    },
  },
]

const courierRoutes = (house: HouseScene): readonly FakeRoute[] => [
  {
    at: /^GET \/v1\/operator\/couriers$/,
    reply: courierPage,
    handle: () => gives({ items: house.couriers, next: null }),
  },
  {
    at: /^POST \/v1\/operator\/couriers$/,
    body: courierRequest,
    reply: courierRowSchema,
    handle: ({ body }) => {
      const { name, employments } = body as { name: string; employments: { carrier: string }[] }
      const carrier = employments[0]?.carrier ?? ''
      const employment = { carrier, carrierName: 'SF Express', outlet: null, from: house.now, until: null }
      const made = { person: idOf('person', 2), name, phoneMasked: '139******11', employments: [employment] }
      house.couriers.push(made)
      return gives(made, 201)
    },
  },
  {
    at: /^POST \/v1\/operator\/couriers\/([^/]+)\/employments$/,
    body: employmentRequest,
    reply: courierRowSchema,
    handle: () => gives(house.couriers[0], 201),
  },
  { at: /^DELETE \/v1\/operator\/(?:couriers|carriers|staff)\/.+$/, handle: () => gives({}) },
]
