import { eventually } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import { codeIn, json } from '@holdfast/cloud/journeys/town.testing.ts'
import type { CompartmentId, DepositId } from '@holdfast/core/values/ids.ts'
import { seconds } from '@holdfast/core/values/instants.ts'
import type { Front } from '@holdfast/terminal/uplink/up/health.ts'
import type { CourierCabinet } from '@holdfast/wire/http/courier/day.ts'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type { OperatorParcel, ParcelStory } from '@holdfast/wire/http/parcels.ts'
import { ok } from '../offline/cabinet.testing.ts'
import { openKiosk } from '../offline/kiosk.testing.ts'
import {
  carded,
  codesOf,
  known,
  merged,
  type More,
  type NthParcel,
  openScene,
  parcelOf,
  type Scene,
  signInByPhone,
} from '../offline/scene.testing.ts'

export type Bed = Awaited<ReturnType<typeof openBed>>

type Given = Omit<More, 'front'> & { readonly doors?: number }

/** The real cloud and the real terminal in one process, with a kiosk, an operator, and doors that misbehave. */
export async function openBed({ doors = 12, large = 2, ...given }: Given = {}) {
  const front: { -readonly [Part in keyof Front]: Front[Part] } = { kiosk: 'ok', touch: 'ok', scanner: 'ok' }
  const scene = await openScene(doors, 4, { ...given, large, front })
  const { town, cabinet, staff: headers } = scene
  const { loop } = cabinet
  await heard(scene)
  const people = standAt(scene)
  const desk = async <T>(path: string, body?: object): Promise<T> =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud keeps wire's shapes.
    ok(await town.call(`/v1/operator${path}`, { headers, ...(body === undefined ? {} : { body }) })) as T
  const alertsOpen = async () => (await desk<{ items: readonly Alert[] }>('/alerts')).items
  /** Open ones, oldest first: `door-did-not-open A03`. */
  const alerts = async (): Promise<readonly string[]> =>
    (await alertsOpen()).map(({ kind, door }) => (door === null ? kind : `${kind} ${door.label}`)).toReversed()
  return {
    ...scene,
    ...people,
    front,
    desk,
    alertsOpen,
    alerts,
    use: (door: CompartmentId) => loop.cabinet().compartments.get(door)?.use,
    alerted: async (line: string, is = true): Promise<void> =>
      await merged(scene, async () => (await alerts()).includes(line) === is).catch(async (cause: unknown) => {
        throw new Error(`${is ? 'no' : 'still'} ${line}: ${(await alerts()).join(', ')}`, { cause })
      }),
    /** An order of the operator's, until the cabinet has done it; `accepted` only says that it will be. */
    order: async (body: object): Promise<void> => {
      const { order } = await desk<{ order: string }>(`/cabinets/${scene.at}/orders`, { ...body, reason: 'a look' })
      const done = ['done', 'opened']
      const failed = ['not-opened', 'unknown', 'refused']
      await merged(scene, async () => {
        const { state, refusal } = await desk<{ state: string; refusal: string | null }>(`/orders/${order}`)
        if (failed.includes(state)) throw new Error(`the order is ${state}: ${refusal ?? ''}`)
        return done.includes(state)
      })
    },
    /** What the carrier hears of its parcel, by webhook and history alike, in order. */
    told: async ({ number }: NthParcel): Promise<readonly string[]> => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud keeps wire's shapes.
      const { items } = json(await town.call('/v1/events?limit=200', { headers: scene.headers })) as {
        items: readonly { type: string; data: { trackingNumber: string; compartment: string | null } }[]
      }
      const own = items.filter(({ data }) => data.trackingNumber === number)
      return own.map(({ type, data }) => `${type.slice(7)}${data.compartment === null ? '' : ` ${data.compartment}`}`)
    },
    /** What the dashboard tells of it: `depositMade A03`. */
    timeline: async ({ number }: NthParcel): Promise<readonly string[]> => {
      const [found] = (await desk<{ items: readonly OperatorParcel[] }>(`/parcels?search=${number}`)).items
      const { timeline } = await desk<ParcelStory>(`/parcels/${found?.id ?? ''}`)
      return timeline.map(({ type, detail }) => `${type} ${String(detail['label'] ?? '')}`.trimEnd())
    },
    phone: async (path: string, cookie: object, body?: object): Promise<string> =>
      codeIn(await town.call(`/v1${path}`, { headers: { ...cookie }, ...(body === undefined ? {} : { body }) })),
    pass: (n: number): void => scene.leap(seconds(n)),
    until: async (claim: () => boolean | Promise<boolean>): Promise<void> => await merged(scene, claim),
    close: async (): Promise<void> => {
      people.kiosk.close()
      await scene.close()
    },
  }
}

/** Until couriers see in their app that this cabinet is there, and which doors it has free. */
export const heard = async (scene: Scene): Promise<void> =>
  await merged(scene, async () => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud keeps wire's shapes.
    const { items } = ok(await scene.town.call('/v1/courier/cabinets', { headers: scene.cookie })) as {
      items: readonly CourierCabinet[]
    }
    const seen = items.find(({ place }) => place.cabinet === scene.at)
    return seen?.online === true && Object.values(seen.free).some((doors) => doors > 0)
  })

/** Courier and recipient before one cabinet of the scene: its screen, its scanner and its doors. */
export function standAt(scene: Scene) {
  const { loop } = scene.cabinet
  const kiosk = openKiosk(scene.cabinet)
  const hands = handsOn(scene.cabinet)
  const here = (): CompartmentId => {
    const shown = kiosk.screen()
    return hands.planOf('compartment' in shown ? shown.compartment : null).id
  }
  /** A courier who signs in scans a parcel that is expected here, and says how large it is. */
  const shown = async ({ number }: NthParcel): Promise<void> => {
    if (loop.cabinet().session === null) await signInByPhone(scene)
    kiosk.scan(number)
    await kiosk.on('size')
    kiosk.touch({ kind: 'size', size: 'M' })
  }
  /** The recipient types the code that came last. */
  const typed = async ({ n }: NthParcel): Promise<void> => {
    // Tries are two seconds apart, and openings share a minute's budget.
    scene.leap(seconds(20))
    kiosk.touch({ kind: 'pick-up' })
    await kiosk.on('code')
    kiosk.touch({ kind: 'code', code: codesOf(scene, n).at(-1) ?? '' })
    await kiosk.on('pickup-door')
  }
  return {
    ...hands,
    kiosk,
    here,
    shown,
    typed,
    /** A door is told to open for it. */
    scanned: async (n: number): Promise<NthParcel> => {
      const parcel = parcelOf(scene, n)
      await carded(scene, [parcel])
      await shown(parcel)
      await kiosk.on('deposit-door')
      return parcel
    },
    /** Put in, shut and done: it waits for its recipient, whose code has come. */
    putIn: async (parcel: NthParcel): Promise<{ readonly deposit: DepositId; readonly door: CompartmentId }> => {
      await kiosk.on('deposit-door', ({ phase }) => phase === 'open')
      const door = here()
      await hands.swing(door, 'shut')
      await kiosk.on('deposit-door', ({ phase, waiting }) => phase === 'shut' && !waiting)
      kiosk.touch({ kind: 'finish' })
      await kiosk.on('idle')
      await known(scene, parcel.n)
      const stored = [...loop.cabinet().deposits.values()].find(({ parcels }) => parcels.includes(parcel.digest))
      if (stored === undefined) throw new Error('nothing lies there')
      return { deposit: stored.id, door }
    },
    /** By the code that came last; the door is shut again, and all is well. */
    takenOut: async (parcel: NthParcel): Promise<CompartmentId> => {
      await typed(parcel)
      await kiosk.on('pickup-door', ({ phase }) => phase === 'open')
      const door = here()
      await hands.swing(door, 'shut')
      kiosk.touch({ kind: 'all-good' })
      return door
    },
  }
}

/** Whoever stands at the doors, and what is wrong with them. */
function handsOn({ loop, electrics }: Awaited<ReturnType<typeof openScene>>['cabinet']) {
  const plans = loop.cabinet().layout.compartments
  const planOf = (name: string | null) => {
    const plan = plans.find(({ id, label }) => id === name || label === name)
    if (plan === undefined) throw new Error(`no such door: ${name ?? 'none'}`)
    return plan
  }
  const channelOf = (door: CompartmentId): number => planOf(door).lock.channel
  return {
    planOf,
    door: (label: string): CompartmentId => planOf(label).id,
    labelOf: (door: CompartmentId): string => planOf(door).label,
    /** The door does not follow its pulse any more, or does again. */
    jam: (door: CompartmentId, is = true): void => {
      if (is) electrics.jammed.add(channelOf(door))
      else electrics.jammed.delete(channelOf(door))
    },
    /** By a hand, or by the mechanical key: the cabinet sees it at its next look. */
    swing: async (door: CompartmentId, position: 'open' | 'shut'): Promise<void> => {
      if (position === 'open') electrics.open.add(channelOf(door))
      else electrics.open.delete(channelOf(door))
      await eventually(() => loop.cabinet().doors.get(door)?.position === position)
    },
  }
}
