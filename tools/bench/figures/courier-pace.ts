import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { against, type Measure, type Measured, rounded } from '../figure.ts'
import { startMosquitto } from '../rigs/broker.ts'
import { type CabinetRig, openCabinetRig } from '../rigs/cabinet.ts'
import { spreadOf } from '../statistics.ts'

const names = ['courier-pace', 'courier-pace-machine']
const cost = 2 ** 15
/** A person's own times, really waited for: finding and scanning the label; putting the parcel in and pushing the door. */
const scanMs = 2_000
const putMs = 5_000
const aMinute = 60_000

/**
 * A courier with announced parcels at the real terminal and kiosk, boards at 9600 baud, codes at their full cost, a
 * broker between: scan, put, shut, and the next scan confirms. No screen is touched at all.
 */
export const measure: Measure = async ({ short }) => {
  const broker = await startMosquitto()
  if (broker === undefined) return [{ notRun: `${names.join(', ')} (no Mosquitto)` }]
  const doors = short ? 8 : 60
  const rig = await openCabinetRig(broker.url, cost, { doors, kiosk: tmpdir() })
  try {
    return await deliver(rig, doors)
  } finally {
    await rig.stop()
    broker.stop()
  }
}

type Hand = { readonly deposit: string; readonly door: string; readonly ready: boolean; readonly made: number }

async function deliver(rig: CabinetRig, doors: number): Promise<readonly Measured[]> {
  await rig.act('sign-in')
  const labels = Array.from({ length: doors }, (_, index) => `SF${1_000_000_000_000 + index}`)
  for (const label of labels) await rig.act(`announce ${label}`)
  const shares: number[] = []
  const began = performance.now()
  let former = ''
  for (const label of labels) {
    await sleep(scanMs)
    const scannedAt = performance.now()
    await rig.act(`scan ${label}`)
    former = (await until(rig, ({ deposit, door }) => deposit !== former && door === 'open')).deposit
    const opened = performance.now() - scannedAt
    await sleep(putMs)
    const shutAt = performance.now()
    rig.shutAll()
    await until(rig, ({ door, ready }) => door === 'shut' && ready)
    shares.push(opened + performance.now() - shutAt)
  }
  const took = performance.now() - began
  const { made } = await rig.act<Hand>('hand')
  if (made !== doors - 1) throw new Error(`${made} of ${doors - 1} were confirmed by the scan after them`)
  const share = spreadOf(shares)
  const people = { scanSeconds: scanMs / 1_000, putSeconds: putMs / 1_000, doors, taps: 0 }
  const pace = (doors * aMinute) / took
  return [
    {
      figure: {
        name: 'courier-pace',
        value: rounded(pace),
        unit: 'doors/min',
        limit: 6,
        ratio: rounded(pace / 6),
        ...people,
      },
      atLeast: 1,
    },
    withMedian(against('courier-pace-machine', share.p99, 'ms', 1_500), share.p50),
  ]
}

const withMedian = (measured: Measured, p50: number): Measured => ({
  ...measured,
  figure: { ...measured.figure, p50: rounded(p50) },
})

async function until(rig: CabinetRig, is: (hand: Hand) => boolean): Promise<Hand> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const hand = await rig.act<Hand>('hand')
    if (is(hand)) return hand
    if (performance.now() > deadline) throw new Error(`the courier waits: ${JSON.stringify(hand)}`)
    await sleep(10)
  }
}
