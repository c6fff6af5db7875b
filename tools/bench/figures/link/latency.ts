import { setTimeout as sleep } from 'node:timers/promises'
import { against, type Measure, type Measured, rounded } from '../../figure.ts'
import { startMosquitto } from '../../rigs/broker.ts'
import { type CabinetRig, doorCount, openCabinetRig } from '../../rigs/cabinet.ts'
import { openFarLine, seeded } from '../../rigs/far-line.ts'
import { spreadOf } from '../../statistics.ts'

const name = 'link-latency'
const limitMs = 2_000
const model = { delayMs: 300, loss: 0.02 }
const turnMs = 900

/**
 * From the operator's touch to the latch, over a line of 300 ms each way that loses 2 % of the segments: the nonce is
 * asked for, comes up, and the signed order goes down. A grant of a phone is the last of these three ways alone.
 */
export const measure: Measure = async ({ short }) => {
  const broker = await startMosquitto()
  if (broker === undefined) return [{ notRun: `${name} (no Mosquitto)` }]
  const line = await openFarLine(Number(new URL(broker.url).port), { ...model, random: seeded(1) })
  const rig = await openCabinetRig(broker.url, 2 ** 10, { through: `mqtt://127.0.0.1:${line.port}` })
  try {
    await rig.act('service on')
    const took = await measureOrders(rig, short ? 12 : 150)
    const { segments, stalls } = line.passed()
    return [figureOf(took, { segments, stalls })]
  } finally {
    await rig.stop()
    await line.stop()
    broker.stop()
  }
}

interface Took {
  readonly whole: number
  /** Of which for the order alone, nonce in hand. */
  readonly order: number
}

async function measureOrders(rig: CabinetRig, samples: number): Promise<readonly Took[]> {
  const took: Took[] = []
  while (took.length < samples) {
    const before = rig.pulses().length
    const touchedAtMs = performance.now()
    const ready = await rig.cloud.prepare(rig.compartments[took.length % doorCount]?.id ?? '')
    const { publishedAtMs, answered } = ready.send()
    const { outcome } = await answered
    const pulse = rig.pulses()[before]
    if (outcome !== 'opened' || pulse === undefined) throw new Error(`an order was answered ${outcome}`)
    took.push({ whole: pulse.atMs - touchedAtMs, order: pulse.atMs - publishedAtMs })
    await sleep(turnMs / 2)
    rig.shutAll()
    await sleep(turnMs / 2)
  }
  return took
}

function figureOf(took: readonly Took[], line: { readonly segments: number; readonly stalls: number }): Measured {
  const whole = spreadOf(took.map((each) => each.whole))
  const order = spreadOf(took.map((each) => each.order))
  const { figure, ...bound } = against(name, whole.p95, 'ms', limitMs)
  const beside = { p50Ms: rounded(whole.p50), mostMs: rounded(whole.most), orderAloneP95Ms: rounded(order.p95) }
  return { figure: { ...figure, ...beside, samples: took.length, ...model, ...line }, ...bound }
}
