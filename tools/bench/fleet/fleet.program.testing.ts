import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { createWaits } from '@holdfast/simulator/fleet.ts'
import { enrol } from '@holdfast/terminal/uplink/enrol.ts'
import { createSystemClock } from '@holdfast/terminal/platform/clock.ts'
import { judgeLater } from '../cycles/scripted.testing.ts'
import { spreadOf } from '../statistics.ts'
import { createLight, type Light } from './lights.testing.ts'
import { createStays } from './stays.testing.ts'

/*
 * The fleet: light cabinets by the thousand in one process, which speaks TLS where the cloud names such a broker. Lines
 * on stdin are what to do; each is answered by one JSON line.
 */
const [planFile = ''] = process.argv.slice(2)
const plan: { readonly tokens: readonly string[]; readonly carrier: string } = JSON.parse(
  readFileSync(planFile, 'utf8'),
)
const { judge, ...seals } = judgeLater(createNodeSeals())
const clock = createSystemClock()
const waits = createWaits()
const lights: Light[] = []
const stays = createStays(seals, plan.carrier)

async function enrolAll(cloud: string): Promise<number> {
  const left = [...plan.tokens]
  const work = async (): Promise<void> => {
    for (let claimToken = left.shift(); claimToken !== undefined; claimToken = left.shift()) {
      const keys = seals.generate('p256')
      const enrolled = await enrol({ fetch, cloud, claimToken, keys, clock })
      lights.push(createLight({ seals, key: keys, enrolled, waits }))
      stays.join(enrolled)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return lights.length
}

/** Away from the network: so many whole stays each. */
async function backlog(each: number): Promise<number> {
  for (const light of lights) await light.disconnect()
  for (let n = 0; n < each; n += 1)
    for (const light of lights) for (const step of await stays.next(light)) light.write(step.events, step.sealed)
  return waits.open()
}

async function until(claim: () => boolean, everyMs = 50): Promise<number> {
  const began = performance.now()
  while (!claim()) await sleep(everyMs)
  return performance.now() - began
}

const connect = async (spreadMs: number): Promise<number> => {
  for (const light of lights) {
    light.connect()
    await sleep(spreadMs / lights.length)
  }
  return await steady()
}

/** Everybody is there, knows what it is to know, and has nothing that is not acknowledged. */
const steady = async (): Promise<number> =>
  await until(() => lights.every((light) => light.online() && light.isTold()) && waits.open() === 0)

/** As many people as bring so many facts a second, one after the other at the cabinets in turn. */
async function play(factsPerSecond: number, seconds: number): Promise<object> {
  const before = waits.lagsMs().length
  const began = performance.now()
  const everyMs = (stays.factsEach / factsPerSecond) * 1_000
  const running = new Set<Promise<void>>()
  let late = 0
  for (let n = 0; n * everyMs < seconds * 1_000; n += 1) {
    const dueMs = n * everyMs - (performance.now() - began)
    if (dueMs > 1) await sleep(dueMs)
    late = Math.max(late, -dueMs)
    const light = lights[n % lights.length]
    if (light === undefined) break
    const stay = live(light).finally(() => running.delete(stay))
    running.add(stay)
  }
  await Promise.all(running)
  const drainMs = await until(() => waits.open() === 0)
  return { ...lagsSince(before), wallMs: performance.now() - began, drainMs, lateMs: late }
}

async function live(light: Light): Promise<void> {
  for (const step of await stays.next(light)) {
    if (step.afterMs > 0) await sleep(step.afterMs)
    light.write(step.events, step.sealed)
  }
}

function lagsSince(before: number): object {
  const lags = waits.lagsMs().slice(before)
  return { facts: lags.length, ...spreadOf(lags) }
}

const acts: Readonly<Record<string, (...words: readonly string[]) => unknown>> = {
  enrol: async (url = '') => await enrolAll(url),
  backlog: async (each = '') => await backlog(Number(each)),
  connect: async (spreadMs = '') => await connect(Number(spreadMs)),
  steady,
  online: () => lights.filter((light) => light.online()).length,
  play: async (rate = '', seconds = '') => await play(Number(rate), Number(seconds)),
  lags: () => lagsSince(0),
  ends: () => lights.map((light) => light.end()),
  judge: () => judge(),
}
for await (const line of createInterface({ input: process.stdin })) {
  const [act = '', ...words] = line.split(' ')
  process.stdout.write(`${JSON.stringify({ answer: (await acts[act]?.(...words)) ?? null })}\n`)
}
process.exit(0)
