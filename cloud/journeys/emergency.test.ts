import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OrderId, makeId } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { testLayout } from '../cabinets/cabinets.testing.ts'
import type { LiveEvent } from '../platform/http/route.ts'
import { type Installed, type Town, openTown } from './town.testing.ts'

const reachesWithinMs = 2_000
const calls = 5

let town: Town
let operator: Awaited<ReturnType<Town['addStaff']>>
let installed: Installed
beforeAll(async () => {
  town = await openTown('embedded')
  operator = await town.addStaff('North')
  installed = await town.install(operator.operator)
  await installed.script.beat()
  installed.script.write({ type: 'layoutTaken', layout: testLayout(4), at: runningMs(0) })
  await installed.script.sendFacts()
})
afterAll(async () => await town.close())

/** The very stream that the dashboard reads. */
function watch(signal: AbortSignal): AsyncIterable<LiveEvent> {
  const live = town.routes.find(({ path }) => path === '/v1/live')
  if (live?.kind !== 'stream') throw new Error('no live stream')
  const request = { caller: { kind: 'staff', operatorId: operator.operator }, query: {}, lastEventId: undefined }
  return live.open(request as unknown as Parameters<typeof live.open>[0], signal)
}

const isEmergency = ({ event, data }: LiveEvent, ended: boolean): boolean =>
  event === 'alert' &&
  typeof data === 'object' &&
  data !== null &&
  'kind' in data &&
  data.kind === 'emergency' &&
  'endedAt' in data &&
  (data.endedAt !== null) === ended

it('reaches the dashboard of its operator within two seconds of the touch (law 17)', async () => {
  const stopping = new AbortController()
  const events = watch(stopping.signal)[Symbol.asyncIterator]()
  const seen = async (ended: boolean): Promise<void> => {
    for (;;) {
      const next = await events.next()
      if (next.done === true) throw new Error('the stream ended')
      if (isEmergency(next.value, ended)) return
    }
  }
  const took: number[] = []
  for (let n = 1; n <= calls; n += 1) {
    const begun = performance.now()
    const raised = seen(false)
    installed.script.write({ type: 'emergencyRaised', what: 'shut-in', at: runningMs(n * 10_000) })
    await installed.script.sendFacts()
    await raised
    took.push(performance.now() - begun)
    const order: OrderId = makeId('order', instant(n), new Uint8Array(10))
    const over = seen(true)
    installed.script.write({ type: 'emergencyEnded', order, at: runningMs(n * 10_000 + 1) })
    await installed.script.sendFacts()
    await over
  }
  stopping.abort()
  await events.return?.()
  process.stdout.write(`${JSON.stringify({ name: 'emergency-to-dashboard', ms: took.map(Math.round) })}\n`)
  expect(Math.max(...took)).toBeLessThan(reachesWithinMs)
})
