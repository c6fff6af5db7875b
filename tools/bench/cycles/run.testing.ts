import { systemClock } from '@holdfast/cloud/platform/clock.ts'
import { doorOf, writeDeposit } from '@holdfast/cloud/journeys/deposit.testing.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { Scripted, Signed } from './scripted.testing.ts'
import { doorCount, type Town } from './town.testing.ts'

export interface Ran {
  readonly tookMs: readonly number[]
  readonly wallMs: number
  /** Announcements that were not taken, though every cabinet had doors free. */
  readonly refused: number
}

export interface Runner {
  /** So many at once and never two in one cabinet: a new one begins when one ends, until time is up. */
  run(atOnce: number, forMs: number): Promise<Ran>
  /** Seals and signs what the next parcels are told by: no real cabinet does that on the cloud's cores. */
  prepare(): Promise<void>
}

/** What a cabinet will tell of one parcel, signed. */
interface Told {
  readonly number: string
  readonly phone: string
  readonly digest: string
  readonly code: string
  readonly made: Signed
  readonly collected: Signed
}

const seals = createNodeSeals()
const courier = makeId('person', instant(1), seals.random(10))
/** For each cabinet: more than it is asked for in a round. */
const preparedMost = 8

export async function createRunner(town: Town): Promise<Runner> {
  const ready = new Map(town.cabinets.map((at) => [at, new Array<Told>()]))
  const free = [...town.cabinets]
  const collected = await hearCollected(town)
  const prepareNext = createWriter(town)
  const run = async (atOnce: number, forMs: number): Promise<Ran> => {
    const tookMs: number[] = []
    let refused = 0
    const began = performance.now()
    const work = async (): Promise<void> => {
      while (performance.now() - began < forMs) {
        const at = free.shift()
        if (at === undefined) throw new Error('more cycles than cabinets')
        const told = ready.get(at)?.shift() ?? (await prepareNext(at))
        const startedMs = performance.now()
        if (await cycle(town, at, told, collected)) tookMs.push(performance.now() - startedMs)
        else refused += 1
        free.push(at)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    return { tookMs, wallMs: performance.now() - began, refused }
  }
  const prepare = async (): Promise<void> => {
    for (const [at, told] of ready) while (told.length < preparedMost) told.push(await prepareNext(at))
  }
  return { run, prepare }
}

/** Writes the journal of a parcel's stay in a cabinet ahead, doors in turn. */
function createWriter({ carrier }: Town): (at: Scripted) => Promise<Told> {
  const uses = new Map<Scripted, number>()
  let parcels = 0
  return async (at) => {
    const use = uses.get(at) ?? 0
    uses.set(at, use + 1)
    const parcel = String((parcels += 1)).padStart(8, '0')
    const number = `SF00000${parcel}`
    const code = `${parcel}0`
    const door = doorOf(at.cabinet, at, use % doorCount)
    const epoch = Math.floor(use / doorCount) + 1
    const given = { carrier, courier, door, numbers: [number], code, epoch }
    const events = await writeDeposit({ clock: { ...systemClock, leap: () => undefined } }, at, given)
    return {
      number,
      phone: `+86138${parcel}`,
      digest: parcelDigest(seals, carrier, number),
      code,
      made: at.prepare(...events.made),
      collected: at.prepare(...events.collected),
    }
  }
}

type Collected = (digest: string) => Promise<void>

/** One parcel: announced, its card at the cabinet, deposited, its code sent, taken out, and the cloud's word for it. */
async function cycle(town: Town, at: Scripted, told: Told, collected: Collected): Promise<boolean> {
  const { number, phone, digest, code } = told
  const { desired } = at.script
  const heardBefore = desired.length
  const announcement = { trackingNumber: number, recipient: { phone, locale: 'en' }, size: 'M', cabinet: at.cabinet }
  const headers = { ...town.headers, 'idempotency-key': `announce-${number}` }
  if ((await town.caller.post('/v1/parcels', announcement, headers)) !== 201) return false
  await at.until(() =>
    desired.slice(heardBefore).some(({ putCards }) => putCards.some((card) => card.parcel === digest)),
  )
  const letter = town.tray.letterTo(phone)
  await at.tell(told.made)
  if (!(await letter).replaceAll(' ', '').includes(code)) throw new Error('a letter with another code')
  const heard = collected(digest)
  await at.tell(told.collected)
  await heard
  return true
}

/**
 * The database itself tells: asked every few milliseconds it would work for the gear, and the gear for it. The same
 * trigger stands where the cycles are replayed.
 */
async function hearCollected({ database }: Town): Promise<Collected> {
  const waiting = new Map<string, () => void>()
  await database.query(`create function bench_tell() returns trigger language plpgsql as
    $$ begin perform pg_notify('bench_collected', new.digest); return null; end $$`)
  await database.query(`create trigger bench_tell after update of state on parcel for each row
    when (new.state = 'collected' and old.state <> 'collected') execute function bench_tell()`)
  await database.listen('bench_collected', (digest) => {
    waiting.get(digest)?.()
    waiting.delete(digest)
  })
  return async (digest) => await new Promise<void>((resolve) => void waiting.set(digest, resolve))
}
