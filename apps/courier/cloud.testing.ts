import {
  carriedReply,
  carriedRequest,
  courierKioskSchema,
  courierSignInAtKioskRequest,
  grantReply,
  kioskScanRequest,
} from '@holdfast/wire/http/access.ts'
import type { CourierKiosk } from '@holdfast/wire/http/access.ts'
import {
  courierCabinetsSchema,
  holdRequest,
  roundAskReply,
  roundRequest,
  roundSchema,
} from '@holdfast/wire/http/courier/day.ts'
import type { CourierCabinet, Hold, RoundItem } from '@holdfast/wire/http/courier/day.ts'
import { courierDepositsSchema, courierScanRequest, recallsSchema } from '@holdfast/wire/http/parcels.ts'
import type { CourierDeposit, Recall } from '@holdfast/wire/http/parcels.ts'
import { courierSchema } from '@holdfast/wire/http/people.ts'
import { accepted, gives, refuses } from '../kit/phone/testing/cloud.testing.ts'
import type { FakeRoute } from '../kit/phone/testing/cloud.testing.ts'
import {
  anId,
  grant,
  hourMs,
  kioskNumber,
  library,
  northGate,
  now,
  numberWrong,
  signInRoutes,
} from '../kit/phone/testing/town.testing.ts'

export { library, northGate }

export const aRecall = (label: string, place = northGate, why: Recall['why'] = 'overdue'): Recall => ({
  deposit: anId('deposit'),
  parcels: [{ id: anId('parcel'), trackingNumber: `YT88123456${label}` }],
  why,
  since: now() - 50 * hourMs,
  place,
  door: { compartment: anId('compartment'), label, size: 'M' },
})

export const aDeposit = (given: Partial<CourierDeposit> = {}): CourierDeposit => ({
  deposit: anId('deposit'),
  parcels: [{ trackingNumber: 'SF1034567890123', digest: 'ab'.repeat(32) }],
  place: northGate,
  door: { compartment: anId('compartment'), label: 'A07', size: 'M' },
  madeAt: now() - hourMs,
  state: 'stored',
  notMine: false,
  notice: 'delivered',
  ...given,
})

const door = (label: string) => ({ compartment: anId('compartment'), label, size: 'S' as const })
const number = (trackingNumber: string) => [{ trackingNumber, digest: 'cd'.repeat(32) }]

export interface CourierTown {
  deposits: readonly CourierDeposit[]
  recalls: readonly Recall[]
  carriers: CourierKiosk['carriers']
  online: boolean
  /** A session of this courier is open at a kiosk. */
  session: boolean
  readonly scans: string[]
  /** Whether what is carried gets through. */
  reachable: boolean
  readonly carried: string[]
  holds: readonly Hold[]
  round: readonly RoundItem[]
  readonly item: (trackingNumber: string) => RoundItem
}

export const aTown = (): CourierTown => ({
  online: true,
  session: false,
  scans: [],
  reachable: true,
  carried: [],
  holds: [],
  round: [],
  item: anItem,
  carriers: [{ carrier: anId('carrier'), name: '顺达速递' }],
  recalls: [aRecall('A10'), aRecall('A02'), aRecall('B01', library, 'refused')],
  deposits: [
    aDeposit(),
    aDeposit({ door: door('A03'), parcels: number('ZT7700112233445'), notice: 'sent', madeAt: now() - 60_000 }),
    aDeposit({ door: door('B05'), parcels: number('EA123456789CN'), notice: 'undeliverable' }),
    aDeposit({ door: door('B02'), parcels: number('JD00112233445'), state: 'collected', place: library }),
  ],
})

export const aHold = (given: Partial<Hold> = {}): Hold => ({
  hold: anId('order'),
  cabinet: northGate.cabinet,
  size: 'M',
  state: 'asked',
  refusal: null,
  label: null,
  askedAt: now(),
  until: given.state === 'held' ? now() + hourMs / 3 : null,
  ...given,
})

const anItem = (trackingNumber: string): RoundItem => ({
  parcel: anId('parcel'),
  trackingNumber,
  cabinet: northGate.cabinet,
  state: 'expected',
  consent: 'none',
  size: 'M',
})

const cabinetsOf = (town: CourierTown): readonly CourierCabinet[] => [
  {
    place: northGate,
    online: true,
    heardAt: now(),
    free: { S: 0, M: 0, L: 0, XL: 0 },
    doors: 24,
    waiting: 2,
    holds: [...town.holds],
  },
  {
    place: library,
    online: false,
    heardAt: now() - hourMs,
    free: { S: 5, M: 3, L: 1, XL: 0 },
    doors: 16,
    waiting: 0,
    holds: [],
  },
]

const notAsked = refuses(409, 'hold-not-asked', {
  en: 'The cabinet cannot be asked just now. Try again in a minute, or choose another one.',
  zh: '暂时无法联系该柜，请稍后再试或选择其他柜。',
  ko: '지금은 보관함에 물어볼 수 없습니다. 잠시 후 다시 시도하거나 다른 보관함을 고르세요.',
})

const stops = (town: CourierTown): readonly FakeRoute[] => [
  {
    at: 'GET /v1/courier/cabinets',
    reply: courierCabinetsSchema,
    handle: () => gives({ items: cabinetsOf(town) }),
  },
  {
    at: 'POST /v1/courier/holds',
    body: holdRequest,
    handle: ({ body }) => {
      if (!town.online) return notAsked
      const hold = aHold({ size: body['size'] === 'M' ? 'M' : 'S' })
      town.holds = [...town.holds, hold]
      return gives(hold, 201)
    },
  },
  {
    at: 'POST /v1/courier/holds/:hold/give-back',
    handle: ({ params }) => {
      town.holds = town.holds.filter(({ hold }) => hold !== params[0])
      return accepted
    },
  },
  { at: 'GET /v1/courier/round', reply: roundSchema, handle: () => gives({ items: town.round, unknown: [] }) },
  {
    at: 'POST /v1/courier/round',
    body: roundRequest,
    reply: roundSchema,
    handle: ({ body }) => {
      const numbers = Array.isArray(body['numbers']) ? body['numbers'].map(String) : []
      const known = numbers.filter((number) => !number.startsWith('X'))
      town.round = [...town.round, ...known.map(anItem)]
      return gives({ items: town.round, unknown: numbers.filter((number) => number.startsWith('X')) })
    },
  },
  {
    at: 'POST /v1/courier/round/ask',
    reply: roundAskReply,
    handle: () => {
      const asked = town.round.filter(({ consent }) => consent === 'none').length
      town.round = town.round.map((item) => ({ ...item, consent: item.consent === 'none' ? 'asked' : item.consent }))
      return gives({ asked, round: { items: town.round, unknown: [] } })
    },
  },
  {
    at: 'POST /v1/courier/round/:parcel/drop',
    reply: roundSchema,
    handle: ({ params }) => {
      town.round = town.round.filter(({ parcel }) => parcel !== params[0])
      return gives({ items: town.round, unknown: [] })
    },
  },
]

const noSession = refuses(409, 'no-kiosk-session', {
  en: 'You are not signed in at a cabinet. Scan the code on its screen first.',
  zh: '您尚未在柜机登录，请先扫描柜机屏幕。',
  ko: '보관함에 로그인되어 있지 않습니다. 먼저 화면의 QR 코드를 스캔하세요.',
})
const staleNonce = refuses(409, 'nonce-stale', {
  en: 'The code on the screen has changed. Please scan it again.',
  zh: '屏幕上的二维码已更新，请重新扫描。',
  ko: '화면의 QR 코드가 바뀌었습니다. 다시 스캔해 주세요.',
})

const lists = (town: CourierTown): readonly FakeRoute[] => [
  { at: 'GET /v1/courier/deposits', reply: courierDepositsSchema, handle: () => gives({ items: town.deposits }) },
  { at: 'GET /v1/courier/recalls', reply: recallsSchema, handle: () => gives({ items: town.recalls }) },
  {
    at: 'GET /v1/courier/me',
    reply: courierSchema,
    handle: () =>
      gives({
        person: anId('person'),
        phoneMasked: '139******21',
        name: '陈立',
        locale: 'zh',
        employments: town.carriers.map(({ carrier, name }) => ({ carrier, carrierName: name, outlet: '西湖网点' })),
      }),
  },
]

const carry = (town: CourierTown): FakeRoute => ({
  at: 'POST /v1/courier/carried',
  body: carriedRequest,
  reply: carriedReply,
  handle: ({ body }) => {
    if (!town.reachable) return unreachable
    town.carried.push(String(body['bytes']))
    return gives({ deposit: anId('deposit'), fresh: true })
  },
})

const unreachable = refuses(429, 'too-many-scans', {
  en: 'Too many requests in a short time. Wait a minute, then scan again.',
  zh: '操作过于频繁，请一分钟后重新扫码。',
  ko: '짧은 시간에 요청이 너무 많습니다. 1분 뒤에 다시 스캔하세요.',
})

const atKiosk = (town: CourierTown): readonly FakeRoute[] => [
  {
    at: 'POST /v1/courier/kiosk-scans',
    body: kioskScanRequest,
    reply: courierKioskSchema,
    handle: ({ body }) =>
      String(body['nonce']).startsWith('0')
        ? staleNonce
        : gives({ place: northGate, online: town.online, carriers: town.carriers }),
  },
  {
    at: 'POST /v1/courier/kiosk-sign-ins',
    body: courierSignInAtKioskRequest,
    reply: grantReply,
    handle: ({ body }) => {
      if (body['number'] !== kioskNumber) return numberWrong
      town.session = true
      return gives({ grant, sent: town.online, door: null })
    },
  },
  {
    at: 'POST /v1/courier/scans',
    body: courierScanRequest,
    handle: ({ body }) => {
      if (!town.session) return noSession
      town.scans.push(String(body['text']))
      return accepted
    },
  },
]

export const courierRoutes = (town: CourierTown): readonly FakeRoute[] => [
  ...signInRoutes('courier'),
  ...lists(town),
  ...stops(town),
  ...atKiosk(town),
  carry(town),
]
