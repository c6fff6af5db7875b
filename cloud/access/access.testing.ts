import { type CabinetId, type Id, type IdKind, type PersonId, makeId } from '@holdfast/core/values/ids.ts'
import { type Grant, grantFromText, openGrant } from '@holdfast/wire/seals/grant.ts'
import type { Place, ToldOrder } from '../cabinets/cabinets.ts'
import type { AskKind, AskReply, OpenedAsk } from '../cabinets/facts.ts'
import type { WaitingDeposit } from '../parcels/parcels.ts'
import { carrier, cookieFrom, peopleOn, phone, seals, start } from '../people/people.testing.ts'
import type { Http } from '../platform/http/http.ts'
import type { Db } from '../platform/postgres/db.ts'
import { type AccessPorts, createAccess } from './access.ts'
import { carriesNothing } from './carry.testing.ts'

export const id = <Kind extends IdKind>(kind: Kind, n: number): Id<Kind> =>
  makeId(kind, start, new Uint8Array(10).fill(n))
export const [cabinet, deposit, compartment] = [id('cabinet', 1), id('deposit', 1), id('compartment', 1)]
export const [li, wang] = [phone('+8613812345678'), phone('+8613912345678')]
export const nonce = '00112233445566778899aabbccddeeff'
export const place: Place = {
  cabinet,
  operator: id('operator', 1),
  name: 'Gate 3',
  siteName: 'East',
  address: '1 Main Street',
  zone: 'Asia/Shanghai',
  retentionHours: 24,
  complaintPhone: '400',
  opening: null,
  outages: [],
  salt: 'salt',
  screenDead: false,
  scannerDead: false,
  way: {},
}
const waiting: WaitingDeposit = {
  cabinet,
  deposit,
  carrier,
  compartment,
  label: 'A07',
  size: 'M',
  epoch: 5,
  trackingNumbers: ['SF1'],
}
type Handlers = Map<AskKind, (ask: OpenedAsk<AskKind>) => Promise<AskReply>>

/** The neighbours as far as this capability knows them. */
export function sceneOn(db: Db) {
  const ground = peopleOn(db)
  const town = {
    online: true,
    told: [] as ToldOrder[],
    picked: [] as Parameters<AccessPorts['cabinets']['pickUp']>[0][],
    followed: { state: 'done', refusal: null, door: 'open' } as Awaited<
      ReturnType<AccessPorts['cabinets']['pickupView']>
    >,
    screenDead: false,
    scannerDead: false,
    way: {},
    waitsFor: [li] as readonly string[],
    besides: [] as readonly Place[],
    opensAt: (async () => undefined) as (at: readonly CabinetId[], code: string) => Promise<CabinetId | undefined>,
    resend: (async () => 0) as (at: CabinetId, phone: string) => Promise<number>,
    session: undefined as PersonId | undefined,
  }
  const handlers: Handlers = new Map()
  const ports: AccessPorts = {
    ...ground.ports,
    people: ground.people,
    carriers: async () => [{ id: carrier, code: 'sf', name: 'SF Express' }],
    parcels: {
      resendAt: async (at, who) => await town.resend(at, who),
      opensAt: async (at, code) => await town.opensAt(at, code),
      waitingAt: async (at, who) => (at === cabinet && town.waitsFor.includes(who) ? [waiting] : []),
    },
    cabinets: {
      besides: async (at) => (at === cabinet ? town.besides : []),
      places: async (ids) =>
        new Map(ids.includes(cabinet) ? [[cabinet, { ...place, screenDead: town.screenDead }]] : []),
      isOnline: async () => town.online,
      tell: async (_, order) => {
        if (town.online) town.told.push(order)
        return town.online
      },
      ...carriesNothing,
      pickUp: async (wish) => {
        if (!town.online) return { ok: false, refusal: 'cabinet-offline' }
        town.picked.push(wish)
        return { ok: true, value: id('order', town.picked.length) }
      },
      pickupView: async ({ person, order }) =>
        town.picked.some((wish, i) => wish.person === person && id('order', i + 1) === order)
          ? town.followed
          : undefined,
      keepCourierPicture: async ({ jpeg }) =>
        jpeg.startsWith('_9j')
          ? { ok: true, value: { picture: 'ab'.repeat(32) } }
          : { ok: false, refusal: 'picture-unreadable' },
      courierSession: async (person) => (person === town.session ? { cabinet, session: id('session', 1) } : undefined),
      // Sound as in cabinets/asks: a handler only meets asks of its kind.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      onAsk: (kind, handler) => void handlers.set(kind, handler as never),
    },
  }
  const access = createAccess(ports)
  access.start()
  const ask = async (
    kind: 'courier-code' | 'courier-sign-in' | 'lost-code' | 'elsewhere',
    plain: unknown,
    where = cabinet,
  ): Promise<AskReply> => {
    const base = { v: 1, cabinet, incarnation: id('incarnation', 1), ask: id('event', 1), deposit, sealed: '' } as const
    const full = kind === 'courier-sign-in' ? { ...base, kind, nonce, number: '07' } : { ...base, kind }
    const reply = await handlers.get(kind)?.({ cabinet: where, operator: place.operator, plain, ask: full })
    return reply ?? { refusal: 'nobody answers' }
  }
  return { ...ground, ...town, town, access, ask }
}

export type Scene = ReturnType<typeof sceneOn>

/** What the screen's nonce and its two digits ask for. */
export const challenge = { cabinet, number: 7, nonce: Uint8Array.from(Buffer.from(nonce, 'hex')) }

export function readGrant(scene: Scene, text: string): Grant | undefined {
  const [{ keyId, publicKey }] = scene.ports.keys.signing
  const bytes = grantFromText(text)
  const opened = bytes === undefined ? undefined : openGrant(seals, new Map([[keyId, publicKey]]), bytes)
  return opened?.ok === true ? opened.grant : undefined
}

/** People with their phones, signed in by the code that the message brings. */
export function phonesAt(now: () => { readonly scene: Scene; readonly http: Http }) {
  const enter = async (audience: 'courier' | 'recipient', number = li): Promise<string> => {
    const { scene, http } = now()
    await scene.people.sendCode({ phone: number, purpose: audience })
    const code = scene.codes.at(-1)?.code ?? ''
    const body = { phone: number, audience, code }
    return cookieFrom((await http.inject({ method: 'POST', url: '/v1/sign-in', body })).headers)
  }
  const hired = async (): Promise<{ person: PersonId; cookie: string }> => {
    const person = await now().scene.people.createCourier({ phone: li, name: 'Li', carrier })
    return { person, cookie: await enter('courier') }
  }
  const post = async (url: string, body: unknown, cookie: string) => {
    const answer = await now().http.inject({ method: 'POST', url, body, headers: { cookie } })
    return { status: answer.status, body: JSON.parse(answer.body) }
  }
  return { enter, hired, post }
}
