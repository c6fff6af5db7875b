import { setTimeout as sleep } from 'node:timers/promises'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Measure } from '../figure.ts'
import { rounded } from '../figure.ts'
import { startMosquitto } from '../rigs/broker.ts'
import { type CabinetRig, openCabinetRig } from '../rigs/cabinet.ts'
import { spreadOf, timed } from '../statistics.ts'

const name = 'code-to-unlock'
const cost = 2 ** 15
const allowanceMs = 200
/** Two seconds between pulses, and two between tries at the keypad. */
const turnMs = 2_400

/** From the ninth digit to the first unlock byte, beside the slow hash that stands between. */
export const measure: Measure = async ({ short }) => {
  const broker = await startMosquitto()
  if (broker === undefined) return [{ notRun: `${name} (no Mosquitto)` }]
  const rig = await openCabinetRig(broker.url, cost)
  try {
    const codes = await depositAll(rig, short ? 3 : 16)
    const took: number[] = []
    const hashes: number[] = []
    for (const code of codes) {
      await sleep(turnMs)
      hashes.push(await timed(() => createNodeSeals().slowHash(new Uint8Array(9), new Uint8Array(16), cost)))
      took.push(await enter(rig, code))
    }
    const [value, hash] = [spreadOf(took).p99, spreadOf(hashes).p99]
    const limit = hash + allowanceMs
    const figure = { name, value: rounded(value), unit: 'ms', limit: rounded(limit), ratio: rounded(value / limit) }
    return [{ figure: { ...figure, slowHash: rounded(hash), samples: took.length }, atMost: 1 }]
  } finally {
    await rig.stop()
    broker.stop()
  }
}

async function depositAll(rig: CabinetRig, deposits: number): Promise<readonly string[]> {
  await rig.act('sign-in')
  const codes: string[] = []
  while (codes.length < deposits) {
    const { deposit, accepted, refusal } = await rig.act<{ deposit: string; accepted: boolean; refusal: string }>(
      'deposit',
    )
    if (!accepted) throw new Error(`no deposit: ${refusal}`)
    await sleep(turnMs)
    rig.shutAll()
    await sleep(500)
    if (!(await rig.act<boolean>(`confirm ${deposit}`))) throw new Error('a deposit was not confirmed')
    codes.push(await rig.cloud.codeOf(deposit))
  }
  await rig.act('sign-out')
  return codes
}

async function enter(rig: CabinetRig, code: string): Promise<number> {
  const before = rig.pulses().length
  const typedAtMs = performance.now()
  const outcome = await rig.act<string>(`code ${code}`)
  while (rig.pulses().length === before && performance.now() - typedAtMs < 5_000) await sleep(5)
  const pulse = rig.pulses()[before]
  if (outcome !== 'opened' || pulse === undefined) throw new Error(`a code was ${outcome}`)
  await sleep(700)
  rig.shutAll()
  await sleep(500)
  await rig.act('taken')
  return pulse.firstByteAtMs - typedAtMs
}
