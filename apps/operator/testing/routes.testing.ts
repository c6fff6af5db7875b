import type { TSchema } from 'typebox'
import { acknowledgeRequest, alertListSchema, alertSchema, askerSchema } from '@holdfast/wire/http/alerts.ts'
import {
  cabinetCreateRequest,
  cabinetCreated,
  cabinetListSchema,
  cabinetViewSchema,
  orderRequest,
  orderViewSchema,
} from '@holdfast/wire/http/cabinets.ts'
import type { OrderRequest } from '@holdfast/wire/http/cabinets.ts'
import type { LiveEventName } from '@holdfast/wire/http/live.ts'
import { clearRequest, retriedSchema, undeliveredSchema } from '@holdfast/wire/http/notices.ts'
import {
  correctedSchema,
  operatorCorrectRequest,
  operatorParcelSchema,
  operatorResendRequest,
  parcelStorySchema,
} from '@holdfast/wire/http/parcels.ts'
import { staffSchema, staffSignInRequest } from '@holdfast/wire/http/people.ts'
import { pageOf } from '@holdfast/wire/http/shapes.ts'
import { houseAt, houseRoutes } from './house.testing.ts'
import type { Scene } from './scene.testing.ts'
import { orderOf } from './scene.testing.ts'

export interface Call {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly key: string | undefined
  readonly params: readonly string[]
}

export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly cookie?: string
}

export interface FakeRoute {
  readonly at: RegExp
  readonly body?: TSchema
  readonly reply?: TSchema
  readonly handle: (call: Call) => Reply
}

const gives = (body: unknown, status = 200): Reply => ({ status, body })

export const refuses = (status: number, code: string, message: string): Reply =>
  gives({ error: { code, message, messages: { en: message, zh: '无法执行', ko: '할 수 없습니다' } } }, status)

/** What the cloud answers an operator, out of one scene. */
export function operatorRoutes(
  scene: Scene,
  tell: (event: LiveEventName, data: unknown) => void,
): readonly FakeRoute[] {
  const house = houseRoutes((scene.house ??= houseAt(scene.now)))
  return [...sessionRoutes(scene), ...cabinetRoutes(scene, tell), ...parcelRoutes(scene), ...house]
}

const sessionRoutes = (scene: Scene): readonly FakeRoute[] => [
  {
    at: /^POST \/v1\/operator\/sign-in$/,
    body: staffSignInRequest,
    handle: ({ body }) =>
      (body as { password: string }).password === scene.password
        ? { status: 200, body: {}, cookie: 'hf_operator=yes; Path=/; HttpOnly; SameSite=Strict' }
        : refuses(401, 'sign-in-failed', 'E-mail or password is wrong.'),
  },
  {
    at: /^POST \/v1\/operator\/sign-out$/,
    handle: () => ({ status: 204, cookie: 'hf_operator=; Path=/; Max-Age=0' }),
  },
  { at: /^GET \/v1\/operator\/me$/, reply: staffSchema, handle: () => gives(scene.me) },
]

const cabinetRoutes = (scene: Scene, tell: (event: LiveEventName, data: unknown) => void): readonly FakeRoute[] => [
  {
    at: /^GET \/v1\/operator\/alerts$/,
    reply: alertListSchema,
    handle: () => gives({ items: scene.alerts }),
  },
  {
    at: /^POST \/v1\/operator\/alerts\/([^/]+)\/acknowledge$/,
    body: acknowledgeRequest,
    reply: alertSchema,
    handle: ({ params }) => {
      const alert = scene.alerts.find(({ id }) => id === params[0])
      return alert === undefined
        ? refuses(404, 'alert-unknown', 'There is no such alert.')
        : gives({ ...alert, acknowledgedAt: scene.now, acknowledgedBy: scene.me.name })
    },
  },
  {
    at: /^GET \/v1\/operator\/alerts\/([^/]+)\/asker$/,
    reply: askerSchema,
    handle: () => gives({ phone: '+8613812345678' }),
  },
  {
    at: /^POST \/v1\/operator\/alerts\/([^/]+)\/settle$/,
    body: acknowledgeRequest,
    reply: alertSchema,
    handle: ({ params }) => {
      const alert = scene.alerts.find(({ id }) => id === params[0])
      return gives({ ...alert, acknowledgedAt: scene.now, acknowledgedBy: scene.me.name, endedAt: scene.now })
    },
  },
  {
    at: /^GET \/v1\/operator\/cabinets$/,
    reply: cabinetListSchema,
    handle: () => gives({ items: scene.cabinets.map(({ summary }) => summary) }),
  },
  {
    at: /^POST \/v1\/operator\/cabinets$/,
    body: cabinetCreateRequest,
    reply: cabinetCreated,
    handle: () => gives({ cabinet: scene.cabinets[2]?.summary.cabinet, claimToken: 'hf-claim-7K2M9Q4W8R6T3Y5V' }, 201),
  },
  {
    at: /^GET \/v1\/operator\/cabinets\/([^/]+)$/,
    reply: cabinetViewSchema,
    handle: ({ params }) => {
      const view = scene.cabinets.find(({ summary }) => summary.cabinet === params[0])
      return view === undefined ? refuses(404, 'cabinet-unknown', 'There is no such cabinet.') : gives(view)
    },
  },
  {
    at: /^POST \/v1\/operator\/cabinets\/([^/]+)\/orders$/,
    body: orderRequest,
    reply: orderViewSchema,
    handle: ({ params, body }) => {
      const order = orderOf(scene, params[0] ?? '', body as OrderRequest)
      tell('order', order)
      return gives(order, 202)
    },
  },
  {
    at: /^GET \/v1\/operator\/orders\/([^/]+)$/,
    reply: orderViewSchema,
    handle: ({ params }) => gives(scene.orders.findLast(({ order }) => order === params[0])),
  },
]

const parcelRoutes = (scene: Scene): readonly FakeRoute[] => [
  {
    at: /^GET \/v1\/operator\/parcels$/,
    reply: pageOf(operatorParcelSchema),
    handle: ({ query }) => {
      const wanted = query['search'] ?? ''
      const items = scene.parcels.filter(
        ({ trackingNumber, recipientPhoneMasked }) =>
          trackingNumber.includes(wanted) || recipientPhoneMasked?.endsWith(wanted) === true,
      )
      return gives({ items, next: null })
    },
  },
  {
    at: /^GET \/v1\/operator\/parcels\/([^/]+)$/,
    reply: parcelStorySchema,
    handle: ({ params }) => {
      const parcel = scene.parcels.find(({ id }) => id === params[0])
      return parcel === undefined
        ? refuses(404, 'parcel-unknown', 'There is no such parcel.')
        : gives({ parcel, timeline: scene.timeline })
    },
  },
  {
    at: /^POST \/v1\/operator\/parcels\/([^/]+)\/recipient$/,
    body: operatorCorrectRequest,
    reply: correctedSchema,
    handle: ({ body }) => {
      tellStory(scene, 'corrected', body)
      return gives({ code: 'spare' })
    },
  },
  {
    at: /^POST \/v1\/operator\/parcels\/([^/]+)\/resend$/,
    body: operatorResendRequest,
    handle: ({ body }) => {
      tellStory(scene, 'code-resent', body)
      return gives({}, 202)
    },
  },
  {
    at: /^GET \/v1\/operator\/undelivered$/,
    reply: undeliveredSchema,
    handle: () => gives({ items: scene.undelivered }),
  },
  { at: /^POST \/v1\/operator\/undelivered\/([^/]+)\/retry$/, handle: () => gives({}, 202) },
  {
    at: /^POST \/v1\/operator\/undelivered\/retry-all$/,
    reply: retriedSchema,
    handle: () => gives({ retried: scene.undelivered.length }),
  },
  {
    at: /^POST \/v1\/operator\/undelivered\/([^/]+)\/clear$/,
    body: clearRequest,
    handle: ({ params }) => {
      scene.undelivered = scene.undelivered.filter(({ id }) => id !== params[0])
      return gives({}, 202)
    },
  },
]

function tellStory(scene: Scene, type: string, body: unknown): void {
  const { reason } = body as { readonly reason: string }
  const detail = { label: 'A01', by: scene.me.name, words: reason }
  scene.timeline = [...scene.timeline, { at: scene.now, source: 'cloud', type, seq: null, detail }]
}
