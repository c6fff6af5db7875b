import { systemClock } from '@holdfast/cloud/platform/clock.ts'
import { doorOf, writeDeposit } from '@holdfast/cloud/journeys/deposit.testing.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { Scripted } from './scripted.testing.ts'
import { doorCount, type Town } from './town.testing.ts'

export interface Ran {
  readonly tookMs: readonly number[]
  readonly wallMs: number
  /** Announcements that were not taken, though every cabinet had doors free. */
  readonly refused: number
}

export type Runner = (atOnce: number, forMs: number) => Promise<Ran>

const seals = createNodeSeals()
const courier = makeId('person', instant(1), seals.random(10))

/** Runs cycles, so many at once and never two in one cabinet: a new one begins when one ends, until time is up. */
export async function createRunner(town: Town): Promise<Runner> {
  const uses = new Map<Scripted, number>()
  const free = [...town.cabinets]
  const collected = await hearCollected(town)
  let parcels = 0
  return async (atOnce, forMs) => {
    const tookMs: number[] = []
    let refused = 0
    const began = performance.now()
    const work = async (): Promise<void> => {
      while (performance.now() - began < forMs) {
        const at = free.shift()
        if (at === undefined) throw new Error('more cycles than cabinets')
        const use = uses.get(at) ?? 0
        uses.set(at, use + 1)
        parcels += 1
        const startedMs = performance.now()
        const done = await cycle(town, at, { use, parcel: parcels, collected })
        if (done) tookMs.push(performance.now() - startedMs)
        else refused += 1
        free.push(at)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    return { tookMs, wallMs: performance.now() - began, refused }
  }
}

interface Given {
  readonly use: number
  readonly parcel: number
  readonly collected: (digest: string) => Promise<void>
}

/** One parcel: announced, its card at the cabinet, deposited, its code sent, taken out, and the cloud's word for it. */
async function cycle(town: Town, at: Scripted, { use, parcel, collected }: Given): Promise<boolean> {
  const { carrier } = town
  const number = `SF${String(parcel).padStart(13, '0')}`
  const phone = `+86138${String(parcel).padStart(8, '0')}`
  const digest = parcelDigest(seals, carrier, number)
  const { desired } = at.script
  const heardBefore = desired.length
  const announcement = { trackingNumber: number, recipient: { phone, locale: 'en' }, size: 'M', cabinet: at.cabinet }
  const headers = { ...town.headers, 'idempotency-key': `announce-${number}` }
  if ((await town.caller.post('/v1/parcels', announcement, headers)) !== 201) return false
  await at.until(() =>
    desired.slice(heardBefore).some(({ putCards }) => putCards.some((card) => card.parcel === digest)),
  )
  const door = doorOf(at.cabinet, at, use % doorCount)
  const epoch = Math.floor(use / doorCount) + 1
  const code = `${String(parcel).padStart(8, '0')}0`
  const given = { carrier, courier, door, numbers: [number], code, epoch }
  const scripted = await writeDeposit({ clock: { ...systemClock, leap: () => undefined } }, at, given)
  const letter = town.tray.letterTo(phone)
  await at.write(...scripted.made)
  if (!(await letter).replaceAll(' ', '').includes(code)) throw new Error('a letter with another code')
  const told = collected(digest)
  await at.write(...scripted.collected)
  await told
  return true
}

/**
 * The database itself tells: asked every few milliseconds it would work for the gear, and the gear for it. The same
 * trigger stands where the cycles are replayed.
 */
async function hearCollected({ database }: Town): Promise<(digest: string) => Promise<void>> {
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
