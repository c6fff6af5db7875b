import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CarrierId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import type { CabinetFactNews } from '../../cabinets/facts.ts'
import type { Place } from '../../cabinets/cabinets.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { addCabinet, announcement, createDeposit, createTown, type Town } from '../parcels.testing.ts'

describe.each(await testEngines())('a parcel that did not go in, on $name', (engine) => {
  let db: Db
  let town: Town
  let [here, there]: Place[] = []
  let number: string
  let seed = 9_900
  let seq = 0
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    seed += 1
    seq = 0
    town = createTown(db, seed)
    ;[here, there] = [addCabinet(town), addCabinet(town)]
    number = `SF7300000${seed}01`
  })

  const carrier = (): CarrierId => town.carriers[0].id
  const placed = (place: Place | undefined): Place => {
    if (place === undefined) throw new Error('both cabinets stand')
    return place
  }
  /** What the kiosk tells when a courier says that it may not go in; there is no deposit yet. */
  const turned = (at: Place, why: 'damaged' | 'weight-off' | 'consent-declined'): CabinetFactNews => {
    seq += 1
    const base = createDeposit(town, at, { carrier: carrier(), numbers: [number], from: seq - 1 }).prepared()
    const parcel = town.digestOf(carrier(), number)
    const event = { type: 'parcelTurnedAway', session: town.id('session'), parcel, why, at: runningMs(1) } as const
    return { ...base, seq, event, context: null, label: null, size: null, hasPrivate: false }
  }
  const lines = async () =>
    (await town.news())
      .filter(({ trackingNumber }) => trackingNumber === number)
      .map(({ type, reason, cabinet, operator, deposit }) => ({ type, reason, cabinet, operator, deposit }))
  const announce = async (): Promise<void> => void (await town.parcels.announce(carrier(), announcement(number)))

  it('says in its story where, and why, and stays expected', async () => {
    await announce()
    const { cabinet, operator } = placed(here)
    await town.tell([turned(placed(here), 'damaged')])
    expect((await lines()).at(-1)).toEqual({ type: 'turned-away', reason: 'damaged', cabinet, operator, deposit: null })
    expect((await town.parcels.find(carrier(), { trackingNumber: number }))?.state).toBe('expected')
  })

  it('is told each time once, however often the journal tells it', async () => {
    await announce()
    const [first, second] = [turned(placed(here), 'weight-off'), turned(placed(here), 'damaged')]
    await town.tell([first])
    await town.tell([first, second])
    await town.tell([second])
    const told = (await lines()).filter(({ type }) => type === 'turned-away').map(({ reason }) => reason)
    expect(told).toEqual(['weight-off', 'damaged'])
  })

  it('goes in elsewhere all the same, and both cabinets stand in one story in their order', async () => {
    await announce()
    await town.tell([turned(placed(here), 'damaged')])
    const made = createDeposit(town, placed(there), { carrier: carrier(), numbers: [number], from: 10 })
    await town.tell([made.prepared(), made.made()])
    expect((await lines()).map(({ type, cabinet }) => [type, cabinet])).toEqual([
      ['announced', null],
      ['turned-away', placed(here).cabinet],
      ['deposited', placed(there).cabinet],
    ])
  })

  it('leaves no trace where nobody has announced it: a digest alone is no parcel', async () => {
    await town.tell([turned(placed(here), 'consent-declined')])
    expect(await lines()).toEqual([])
    expect(await town.parcels.find(carrier(), { trackingNumber: number })).toBeUndefined()
  })
})
