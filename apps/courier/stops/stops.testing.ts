import {
  courierCabinetsSchema,
  holdRequest,
  roundAskReply,
  roundRequest,
  roundSchema,
  elsewhereRequest,
} from '@holdfast/wire/http/courier/day.ts'
import type { CourierCabinet, Hold, RoundItem } from '@holdfast/wire/http/courier/day.ts'
import { accepted, gives, refuses } from '../../kit/phone/testing/cloud.testing.ts'
import type { FakeRoute } from '../../kit/phone/testing/cloud.testing.ts'
import { anId, hourMs, library, northGate, now } from '../../kit/phone/testing/town.testing.ts'
import type { CourierTown } from '../cloud.testing.ts'

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

/** A cabinet beside the full one. */
export const aNeighbour = (name: string, given: Partial<CourierCabinet> = {}, place = {}): CourierCabinet => ({
  place: { cabinet: anId('cabinet'), name, siteName: name, address: '9 Canal Street', ...place },
  operatorName: 'Holdfast Town',
  online: true,
  heardAt: now(),
  free: { S: 1, M: 2, L: 0, XL: 0 },
  doors: 24,
  waiting: 0,
  holds: [],
  ...given,
})

export const anItem = (trackingNumber: string): RoundItem => ({
  parcel: anId('parcel'),
  trackingNumber,
  cabinet: northGate.cabinet,
  state: 'expected',
  consent: 'none',
  size: 'M',
})

const cabinetsOf = (town: CourierTown): readonly CourierCabinet[] => [
  {
    place: town.gate,
    operatorName: 'Holdfast Town',
    online: true,
    heardAt: now(),
    free: { S: 0, M: 0, L: 0, XL: 0 },
    doors: 24,
    waiting: 2,
    holds: [...town.holds],
  },
  {
    place: library,
    operatorName: 'Holdfast Town',
    online: false,
    heardAt: now() - hourMs,
    free: { S: 5, M: 3, L: 1, XL: 0 },
    doors: 16,
    waiting: 0,
    holds: [],
  },
  ...town.neighbours,
]

const notAsked = refuses(409, 'hold-not-asked', {
  en: 'The cabinet cannot be asked just now. Try again in a minute, or choose another one.',
  zh: '暂时无法联系该柜，请稍后再试或选择其他柜。',
  ko: '지금은 보관함에 물어볼 수 없습니다. 잠시 후 다시 시도하거나 다른 보관함을 고르세요.',
})

const questionOpen = refuses(409, 'question-open', {
  en: 'The recipient was asked a moment ago.',
  zh: '刚刚询问过收件人。',
  ko: '방금 받는 분에게 물었습니다.',
})

export const stopRoutes = (town: CourierTown): readonly FakeRoute[] => [
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
    at: 'POST /v1/courier/round/:parcel/elsewhere',
    body: elsewhereRequest,
    reply: roundSchema,
    handle: ({ params, body }) => {
      if (town.silent) return questionOpen
      const to = { cabinet: String(body['cabinet']), consent: 'asked' as const }
      town.round = town.round.map((item) => (item.parcel === params[0] ? { ...item, ...to } : item))
      return gives({ items: town.round, unknown: [] })
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
