import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seconds } from '@holdfast/core/values/instants.ts'
import { type Bed, openBed } from '../doors/bed.testing.ts'
import { openCabinet, type RealCabinet } from '../offline/cabinet.testing.ts'
import { openKiosk } from '../offline/kiosk.testing.ts'
import { codesOf, type NthParcel } from '../offline/scene.testing.ts'

/** Slower than the wall's clock: the cloud has a second and a half to answer, on a machine that may be busy. */
const unhurried = 0.5

/** Two real cabinets side by side: the parcel waits in the first, its recipient stands before the second. */
describe('a code typed at the wrong cabinet of a site', () => {
  let bed: Bed
  let parcel: NthParcel
  let beside: RealCabinet
  let kiosk: ReturnType<typeof openKiosk>
  beforeAll(async () => {
    bed = await openBed()
    const front = { kiosk: 'ok', touch: 'ok', scanner: 'ok' } as const
    beside = await openCabinet(bed.town, await bed.town.enrol(bed.operator, 2), unhurried, front)
    kiosk = openKiosk(beside)
    parcel = await bed.scanned(1)
    await bed.putIn(parcel)
  })
  afterAll(async () => {
    kiosk.close()
    await beside.stop()
    await bed.close()
  })

  const typed = async () => {
    beside.leap(seconds(30))
    if (kiosk.screen().kind !== 'code') kiosk.touch({ kind: 'pick-up' })
    await kiosk.on('code', ({ busy }) => !busy)
    kiosk.touch({ kind: 'code', code: codesOf(bed, parcel.n).at(-1) ?? '' })
    return await kiosk.on('code', (shown) => !shown.busy && (shown.problem !== null || shown.elsewhere !== undefined))
  }

  it('is recognised, and the right cabinet named; nothing opens, and it may be typed there as often as one likes', async () => {
    for (let n = 0; n < 6; n += 1) {
      expect(await typed()).toMatchObject({ elsewhere: { name: 'Cabinet 1' }, problem: null, ask: 'code' })
    }
    expect(beside.loop.cabinet().keypad).toMatchObject({ attempts: 6, wrongInRow: 0, wrongAt: [] })
    expect(beside.electrics.pulses).toEqual([])
  })

  it('still opens at the right one', async () => {
    await bed.typed(parcel)
    await bed.kiosk.on('pickup-door', ({ phase }) => phase === 'open')
  })
})
