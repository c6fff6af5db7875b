import { pictureBody } from '@holdfast/wire/http/cabinets.ts'
import {
  certificatesReply,
  certificatesRequest,
  carriedAskReply,
  carriedAskRequest,
  carriedReply,
  carriedRequest,
  courierKioskSchema,
  courierSignInAtKioskRequest,
  grantReply,
  kioskScanRequest,
} from '@holdfast/wire/http/access.ts'
import type { CarriedAskReply, CourierKiosk } from '@holdfast/wire/http/access.ts'
import type { CourierCabinet, Hold, RoundItem } from '@holdfast/wire/http/courier/day.ts'
import {
  correctedSchema,
  courierCorrectRequest,
  courierDepositsSchema,
  courierResendRequest,
  courierScanRequest,
  recallsSchema,
} from '@holdfast/wire/http/parcels.ts'
import type { CodeOutlook, CourierDeposit, Recall } from '@holdfast/wire/http/parcels.ts'
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

import { anItem, stopRoutes } from './stops/stops.testing.ts'

export { aHold } from './stops/stops.testing.ts'
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
  /** Nobody can touch the kiosk’s screen. */
  screenDead: boolean
  /** A session of this courier is open at a kiosk. */
  session: boolean
  readonly scans: string[]
  readonly pictures: string[]
  /** Whether what is carried gets through. */
  reachable: boolean
  readonly carried: string[]
  certified: number
  /** What the cloud says to a cabinet's question, first and then. */
  answers: readonly CarriedAskReply[]
  readonly asked: { readonly bytes: string; readonly again: boolean }[]
  holds: readonly Hold[]
  /** The full one. */
  gate: CourierCabinet['place']
  /** Cabinets beside the two that are always there. */
  neighbours: readonly CourierCabinet[]
  /** A recipient who was asked a moment ago. */
  silent: boolean
  round: readonly RoundItem[]
  readonly item: (trackingNumber: string) => RoundItem
  /** What a corrected phone means for the code just now. */
  outlook: CodeOutlook
}

export const aTown = (): CourierTown => ({
  online: true,
  screenDead: false,
  session: false,
  scans: [],
  pictures: [],
  reachable: true,
  carried: [],
  certified: 0,
  answers: [{ state: 'agreed', codes: ['HF2:ANSWER'] }],
  asked: [],
  holds: [],
  gate: northGate,
  neighbours: [],
  silent: false,
  round: [],
  item: anItem,
  outlook: 'drawn',
  carriers: [{ carrier: anId('carrier'), name: '顺达速递' }],
  recalls: [aRecall('A10'), aRecall('A02'), aRecall('B01', library, 'refused')],
  deposits: [
    aDeposit(),
    aDeposit({ door: door('A03'), parcels: number('ZT7700112233445'), notice: 'sent', madeAt: now() - 60_000 }),
    aDeposit({ door: door('B05'), parcels: number('EA123456789CN'), notice: 'undeliverable' }),
    aDeposit({ door: door('B02'), parcels: number('JD00112233445'), state: 'collected', place: library }),
  ],
})

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

const amending = (town: CourierTown): readonly FakeRoute[] => [
  {
    at: 'POST /v1/courier/deposits/:deposit/recipient',
    body: courierCorrectRequest,
    reply: correctedSchema,
    handle: ({ params, body }) => {
      if (!/^\+?[\d ]{8,}$/.test(String(body['recipientPhone']))) return phoneUnreadable
      town.deposits = town.deposits.map((each) =>
        each.deposit === params[0] ? { ...each, notMine: false, notice: 'queued' as const } : each,
      )
      return gives({ code: town.outlook })
    },
  },
  { at: 'POST /v1/courier/deposits/:deposit/resend', body: courierResendRequest, handle: () => accepted },
]

const phoneUnreadable = refuses(400, 'phone-unreadable', {
  en: 'This phone number cannot be read. Send it with its country code.',
  zh: '手机号无法识别，请附上国家代码。',
  ko: '전화번호를 읽을 수 없습니다. 국가 번호와 함께 보내세요.',
})

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

/** Any phone's key: what is in it only a cabinet judges. */
const certificates = (town: CourierTown): FakeRoute => ({
  at: 'POST /v1/courier/certificates',
  body: certificatesRequest,
  reply: certificatesReply,
  handle: () => {
    town.certified += 1
    return gives({
      certificates: town.carriers.map(({ carrier, name }) => ({
        carrier,
        carrierName: name,
        until: now() + 24 * hourMs,
        certificate: 'A'.repeat(246),
      })),
    })
  },
})

const ask = (town: CourierTown): FakeRoute => ({
  at: 'POST /v1/courier/asks',
  body: carriedAskRequest,
  reply: carriedAskReply,
  handle: ({ body }) => {
    town.asked.push({ bytes: String(body['bytes']), again: body['again'] === true })
    const said = town.answers[Math.min(town.asked.length, town.answers.length) - 1]
    return said === undefined ? unreachable : gives(said)
  },
})

const unreachable = refuses(429, 'too-many-scans', {
  en: 'Too many requests in a short time. Wait a minute, then scan again.',
  zh: '操作过于频繁，请一分钟后重新扫码。',
  ko: '짧은 시간에 요청이 너무 많습니다. 1분 뒤에 다시 스캔하세요.',
})

const placeOf = ({ screenDead }: CourierTown) => ({ ...northGate, ...(screenDead && { screenDead }) })

const atKiosk = (town: CourierTown): readonly FakeRoute[] => [
  {
    at: 'POST /v1/courier/kiosk-scans',
    body: kioskScanRequest,
    reply: courierKioskSchema,
    handle: ({ body }) =>
      String(body['nonce']).startsWith('0')
        ? staleNonce
        : gives({ place: placeOf(town), online: town.online, carriers: town.carriers }),
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
  {
    at: 'POST /v1/courier/pictures',
    body: pictureBody,
    handle: ({ body }) => {
      if (!town.session) return noSession
      town.pictures.push(String(body['jpeg']))
      return accepted
    },
  },
]

export const courierRoutes = (town: CourierTown): readonly FakeRoute[] => [
  ...signInRoutes('courier'),
  ...lists(town),
  ...amending(town),
  ...stopRoutes(town),
  ...atKiosk(town),
  carry(town),
  ask(town),
  certificates(town),
]
