import { setTimeout as sleep } from 'node:timers/promises'
import { nonceLimits } from '@holdfast/core/access/nonces.ts'
import { type Broker } from '../bench/rigs/broker.ts'
import { type CabinetRig, openCabinetRig } from '../bench/rigs/cabinet.ts'
import type { Ready } from '../bench/rigs/cloud.ts'
import { type Clock } from './lane.ts'
import { openFaultProxy } from './proxy.ts'

/** A day of the terminal's in less: a nonce lives for a second and a half. */
const speed = 20
/** Longer than a nonce lives; a link that drops packets holds what it was given until then. */
const lateMs = (nonceLimits.askedLife / speed) * 1.2

/** A door that springs open, and one that is pushed shut. */
const settleMs = 500

export interface Late {
  readonly sent: number
  readonly refused: number
  /** Doors that moved for one of them: none may. */
  readonly pulses: number
  /** Of one order a batch that came in time: each must be pulsed, or the refusals say nothing. */
  readonly timely: { readonly sent: number; readonly pulsed: number }
}

/** Signed by the cloud, with a nonce that the cabinet gave for it; delivered when the link is back, too late. */
export async function sendLateOrders(broker: Broker, count: number, clock: Clock): Promise<Late> {
  const proxy = await openFaultProxy({ host: '127.0.0.1', port: Number(new URL(broker.url).port) }, clock)
  const rig = await openCabinetRig(broker.url, 2 ** 10, { speed, through: `mqtt://127.0.0.1:${proxy.port}` })
  const told = { refused: 0, pulses: 0, pulsed: 0, batches: 0 }
  try {
    await rig.act('service on')
    for (let left = count; left > 0; left -= nonceLimits.askedOutstanding) {
      told.batches += 1
      if (await isPulsed(rig)) told.pulsed += 1
      const ready = await prepare(rig, Math.min(left, nonceLimits.askedOutstanding))
      const before = rig.pulses().length
      proxy.inflict('silent-drop')
      const sent = ready.map(({ send }) => send())
      await sleep(lateMs)
      proxy.heal()
      const answers = await Promise.all(sent.map(({ answered }) => answered))
      told.refused += answers.filter(({ outcome }) => outcome === 'order-stale-nonce').length
      told.pulses += rig.pulses().length - before
    }
  } finally {
    await rig.stop()
    await proxy.stop()
  }
  const { refused, pulses, pulsed, batches } = told
  return { sent: count, refused, pulses, timely: { sent: batches, pulsed } }
}

const prepare = async ({ cloud, compartments }: CabinetRig, count: number): Promise<readonly Ready[]> =>
  await Promise.all(
    Array.from(
      { length: count },
      async (_, nth) => await cloud.prepare(compartments[nth % compartments.length]?.id ?? ''),
    ),
  )

/** On this quick day a door may move too late for its order; its coil had current all the same. */
async function isPulsed(rig: CabinetRig): Promise<boolean> {
  const before = rig.pulses().length
  const [ready] = await prepare(rig, 1)
  await ready?.send().answered
  const isGiven = rig.pulses().length === before + 1
  rig.shutAll()
  await sleep(settleMs)
  rig.shutAll()
  return isGiven
}
