import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { against, beside, type Measure, type Measured, rounded } from '../figure.ts'
import { startMosquitto } from '../rigs/broker.ts'
import { type CabinetRig, doorCount, openCabinetRig } from '../rigs/cabinet.ts'
import { spreadOf } from '../statistics.ts'

const names = ['unlock-latency', 'unlock-latency-p95', 'answer-latency', 'burst-24']
/** A request and its reply at 9600 baud, the pulse, and the gap to the next, as the profile has them. */
const exchangeMs = ((5 + 5) * 10_000) / 9_600
const pulseMs = 300
const gapMs = 50

/** From an order's publication to the wire, to the sensors' answer, and 24 of them at once. */
export const measure: Measure = async ({ short }) => {
  const broker = await startMosquitto()
  if (broker === undefined) return [{ notRun: `${names.join(', ')} (no Mosquitto)` }]
  const rig = await openCabinetRig(broker.url, 2 ** 10)
  try {
    await rig.act('service on')
    return [...(await measureOrders(rig, short ? 20 : 100)), await measureBurst(rig)]
  } finally {
    await rig.stop()
    broker.stop()
  }
}

async function measureOrders(rig: CabinetRig, samples: number): Promise<readonly Measured[]> {
  const toWire: number[] = []
  const toAnswer: number[] = []
  const syncs: number[] = []
  const disk = openDisk()
  for (let sample = -3; sample < samples; sample += 1) {
    const ready = await rig.cloud.prepare(rig.compartments[(sample + 3) % doorCount]?.id ?? '')
    // Out of step with the polls, as orders are.
    await sleep(Math.random() * 100)
    const before = rig.pulses().length
    const { publishedAtMs, answered } = ready.send()
    const { outcome, atMs } = await answered
    const pulse = rig.pulses()[before]
    if (outcome !== 'opened' || pulse === undefined) throw new Error(`an order was answered ${outcome}`)
    // The first few warm the program up.
    if (sample >= 0) {
      toWire.push(pulse.firstByteAtMs - publishedAtMs)
      toAnswer.push(atMs - publishedAtMs)
    }
    await sleep(pulseMs + gapMs)
    syncs.push(disk.syncMs())
    rig.shutAll()
    await sleep(450)
  }
  disk.close()
  const wire = spreadOf(toWire)
  const answer = spreadOf(toAnswer)
  return [
    withSyncs(against('unlock-latency', wire.p50, 'ms', 8), spreadOf(syncs).p50),
    withSyncs(against('unlock-latency-p95', wire.p95, 'ms', 20), spreadOf(syncs).p95),
    against('answer-latency', answer.p50, 'ms', 150),
  ]
}

async function measureBurst(rig: CabinetRig): Promise<Measured> {
  await sleep(2_000)
  const ready = await Promise.all(rig.compartments.map(({ id }) => rig.cloud.prepare(id)))
  const before = rig.pulses().length
  const began = performance.now()
  const sent = ready.map(({ send }) => send())
  const outcomes = await Promise.all(sent.map(({ answered }) => answered))
  const took = performance.now() - began
  const given = rig.pulses().slice(before)
  const each = new Set(given.map(({ lock }) => lock.channel)).size
  const opened = outcomes.filter(({ outcome }) => outcome === 'opened').length
  if (opened !== doorCount || each !== doorCount || given.length !== doorCount || rig.mostCoilsAtOnce() !== 1) {
    throw new Error(`${opened} opened, ${given.length} pulses on ${each} doors, ${rig.mostCoilsAtOnce()} coils at once`)
  }
  const sum = doorCount * (exchangeMs + pulseMs + gapMs)
  return beside({ name: 'burst-24', value: took, unit: 'ms', peer: sum }, { atMost: 1.3 })
}

/** The one sync that stands before each pulse is the disk's own: it is shown beside what it is part of. */
const withSyncs = (measured: Measured, diskSyncMs: number): Measured => ({
  ...measured,
  figure: { ...measured.figure, diskSyncMs: rounded(diskSyncMs) },
})

function openDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-sync-'))
  const file = openSync(join(folder, 'page'), 'w')
  const page = new Uint8Array(4_096)
  return {
    syncMs: (): number => {
      const began = performance.now()
      writeSync(file, page)
      fdatasyncSync(file)
      return performance.now() - began
    },
    close: (): void => {
      closeSync(file)
      rmSync(folder, { recursive: true })
    },
  }
}
