import { after, minutes as minutesLong } from '@holdfast/core/values/instants.ts'
import { type Access, createAccess } from './access/access.ts'
import { type Cabinets, createCabinets } from './cabinets/cabinets.ts'
import { type Carriers, type CarriersPorts, createCarriers } from './carriers/carriers.ts'
import type { CloudConfig } from './config.ts'
import { type Couriers, createCouriers } from './couriers/couriers.ts'
import { createInsights } from './insights/insights.ts'
import { createLive } from './live/live.ts'
import { type Notices, type NoticesPorts, createNotices } from './notices/notices.ts'
import { type Parcels, createParcels } from './parcels/parcels.ts'
import { type People, createPeople } from './people/people.ts'
import { type Gates, type Route, route } from './platform/http/route.ts'
import type { Directory, LinkPorts } from './platform/ports.ts'
import { type Risks, createRisks } from './risks/risks.ts'
import { takeWord } from './take-word.ts'

export type Capabilities = {
  readonly people: People
  readonly carriers: Carriers
  readonly cabinets: Cabinets
  readonly risks: Risks
  readonly parcels: Parcels
  readonly couriers: Couriers
  readonly notices: Notices
  readonly access: Access
  readonly gates: Gates
  readonly routes: readonly Route[]
}

export type AssembleOptions = {
  readonly config: CloudConfig
  /** Told to cabinets that enrol. */
  readonly mqttUrl: string
  readonly publicUrl: () => string
  /** Names this process among those that share the shards. */
  readonly holder: string
  /** Instead of the ways out that the configuration names: the simulator. */
  readonly outward?: Outward
}

export type Outward = {
  readonly post: NonNullable<CarriersPorts['post']>
  readonly channels: NonNullable<NoticesPorts['channels']>
}

/** The capabilities, each made with the faces of those it asks; who asks one made later asks through a closure. */
export function assemble(ports: LinkPorts, options: AssembleOptions): Capabilities {
  const { config, outward } = options
  const carriers = createCarriers({ ...ports, config: config.carriers, ...(outward && { post: outward.post }) })
  const people = createPeople({
    ...ports,
    config: config.people,
    carriers: carriers.list,
    carriersKept: carriers.keptBy,
    bringCode: async ({ key, phone, locale, code, minutes }) => {
      const until = after(ports.clock.now(), minutesLong(minutes))
      await notices.send({ key, to: { phone }, locale, content: { template: 'sign-in-code', code, minutes }, until })
    },
  })
  const { operatorName, staffName } = people
  const openAlerts: Directory['openAlerts'] = async (of) => await risks.openAlerts(of)
  const directory: Directory = { carriers: carriers.list, operatorName, staffName, openAlerts }
  const cabinets = openCabinets(ports, options, directory)
  const risks = createRisks({ ...ports, places: cabinets.places, directory, people })
  const noticesOf: Notices['statusFor'] = async (deposits) => await notices.statusFor(deposits)
  const isQuiet: Notices['isQuiet'] = (at, zone) => notices.isQuiet(at, zone)
  const parcels = createParcels({ ...ports, cabinets, people, directory, noticesOf, isQuiet })
  const notices = createNotices({
    ...ports,
    config: config.notices,
    ...(outward && { channels: outward.channels }),
    sources: { parcels, cabinets, carriers: carriers.list },
    readPhone: people.readPhone,
    isLandline: people.isLandline,
    appOf: people.appOf,
    others: { list: carriers.undelivered, retry: carriers.retry },
  })
  notices.onReply(async (reply) => {
    await takeWord({ parcels, send: notices.send }, reply)
  })
  const couriers = createCouriers({ ...ports, cabinets, parcels, people, directory, noticesOf })
  const access = createAccess({ ...ports, people, cabinets, parcels, carriers: carriers.list })
  const insights = createInsights({ parcels, cabinets, carriers, notices })
  const live = createLive({ outbox: ports.outbox, cabinets, risks, parcels: insights })
  const rooms = { people, carriers, cabinets, risks, parcels, couriers, notices, access }
  const routes = [...Object.values(rooms), insights, live].flatMap((room) => room.routes)
  const gates = { ...people.gates, carrier: carriers.callerOf }
  return { ...rooms, gates, routes: [...routes, phoneLink] }
}

/** Answers to cabinets' asks come first, then the cabinets, then the outbox with every consumer registered. */
export async function startWork(
  config: CloudConfig,
  faces: Capabilities,
  ports: LinkPorts,
): Promise<() => Promise<void>> {
  const { access, cabinets, carriers, couriers, notices, parcels } = faces
  const works = config.roles.includes('worker')
  access.start()
  parcels.start()
  couriers.listen()
  if (works) {
    notices.start()
    carriers.start()
    couriers.start()
  }
  await cabinets.start()
  if (works) await ports.outbox.start()
  return async () => {
    await cabinets.stop()
    parcels.stop()
    couriers.stop()
    if (works) {
      await notices.stop()
      await carriers.stop()
    }
    await ports.outbox.stop()
  }
}

function openCabinets(ports: LinkPorts, options: AssembleOptions, directory: Directory): Cabinets {
  const { config, mqttUrl, publicUrl, holder } = options
  const has = (role: CloudConfig['roles'][number]): boolean => config.roles.includes(role)
  return createCabinets(ports, {
    config: config.cabinets,
    directory,
    mqttUrl,
    phoneOrigin: publicUrl,
    holder,
    roles: { ingest: has('ingest'), worker: has('worker') },
  })
}

/** Where a phone's own camera lands with the kiosk's QR, the courier's too: browsers carry the fragment along. */
const phoneLink = route({
  method: 'GET',
  path: '/k',
  who: 'public',
  summary: 'The kiosk’s QR, read by a phone: on to the app that this phone is signed in to, with the fragment.',
  schemas: {},
  replies: {},
  handle: async ({ header }) => {
    const cookies = header('cookie') ?? ''
    const isCourier = cookies.includes('hf_courier=') && !cookies.includes('hf_recipient=')
    return { status: 302, headers: { location: isCourier ? '/courier/' : '/recipient/', vary: 'cookie' } }
  },
})
