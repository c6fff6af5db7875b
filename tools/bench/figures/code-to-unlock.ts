import { setTimeout as sleep } from 'node:timers/promises'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Measure } from '../figure.ts'
import { rounded } from '../figure.ts'
import { startMosquitto } from '../rigs/broker.ts'
import { openCabinetRig } from '../rigs/cabinet.ts'
import { depositAll, enter, turnMs } from '../rigs/turns.ts'
import { spreadOf, timed } from '../statistics.ts'

const name = 'code-to-unlock'
const cost = 2 ** 15
const allowanceMs = 200

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
