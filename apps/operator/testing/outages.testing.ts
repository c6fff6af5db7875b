import {
  type OutageRequest,
  outageRequest,
  type PlannedOutage,
  plannedOutageList,
  plannedOutageSchema,
} from '@holdfast/wire/http/desk/outages.ts'
import type { FakeRoute } from './routes.testing.ts'
import { idOf } from './scene.testing.ts'

const day = 86_400_000
const hour = 3_600_000
const notCancelled = { cancelledAt: null, cancelledBy: null }
const gives = (body: unknown, status = 200) => ({ status, body })

/** One that is over, and one that was called off. */
export function outagesAt(now: number): PlannedOutage[] {
  const planned = { by: 'Lin Mei', plannedAt: now - 5 * day, ...notCancelled }
  const [power, roof] = [now - 2 * day, now - 3 * day]
  return [
    { ...planned, outage: idOf('outage', 1), reason: 'Power work in the house', from: power, to: power + 3 * hour },
    {
      ...planned,
      outage: idOf('outage', 2),
      reason: 'Roof repairs',
      from: roof,
      to: roof + 2 * hour,
      cancelledAt: now - 4 * day,
      cancelledBy: '김민지',
    },
  ]
}

export const outageRoutes = (house: { readonly now: number; outages: PlannedOutage[] }): readonly FakeRoute[] => {
  const at = '/v1/operator/cabinets/[^/]+/outages'
  return [
    { at: new RegExp(`^GET ${at}$`), reply: plannedOutageList, handle: () => gives({ items: house.outages }) },
    {
      at: new RegExp(`^POST ${at}$`),
      body: outageRequest,
      reply: plannedOutageSchema,
      handle: ({ body }) => {
        const asked = body as OutageRequest
        const made = { ...asked, outage: idOf('outage', 9), by: 'Lin Mei', plannedAt: house.now, ...notCancelled }
        house.outages.unshift(made)
        return gives(made, 201)
      },
    },
    {
      at: new RegExp(`^DELETE ${at}/([^/]+)$`),
      reply: plannedOutageSchema,
      handle: ({ params }) => {
        const i = house.outages.findIndex(({ outage }) => outage === params[0])
        const found = house.outages[i]
        if (found !== undefined) house.outages[i] = { ...found, cancelledAt: house.now, cancelledBy: 'Lin Mei' }
        return gives(house.outages[i])
      },
    },
  ]
}
