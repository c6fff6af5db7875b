import { expect, it } from 'vitest'
import { newIdentity, seals } from '../terminal.testing.ts'
import { enrol, enrolWaitsMs } from './enrol.ts'

const keys = seals.generate('p256')
/** Nobody waits here; how long it would have been is kept. */
const ports = (answer: () => Promise<Response>) => {
  const waited: number[] = []
  const after = (ms: number, run: () => void) => {
    waited.push(ms)
    queueMicrotask(run)
    return () => undefined
  }
  return { fetch: answer, cloud: 'http://cloud', claimToken: 't', keys, clock: { after }, waited }
}
const reply = () => {
  const { cabinet, incarnation, shard, layout, sealTo } = newIdentity()
  const pinned = [{ keyId: 1, publicKey: sealTo }]
  const mqtt = { url: 'mqtt://b', username: 'u', password: 'p' }
  return { cabinet, incarnation, shard, layout, mqtt, cloudKeys: pinned, sealingKeys: pinned }
}

it('takes what the cloud gives for the public key', async () => {
  const given = reply()
  expect(await enrol(ports(() => Promise.resolve(Response.json(given))))).toEqual(given)
})

it('of a cabinet that enrols twice fails for good, with the reason of the cloud', async () => {
  const error = { code: 'claim-used', message: 'used', messages: {} }
  const used = () => Promise.resolve(Response.json({ error }, { status: 409 }))
  await expect(enrol(ports(used))).rejects.toMatchObject({ code: 'enrol-refused', reason: 'claim-used' })
})

it.each([
  ['enrol-malformed', () => Promise.resolve(Response.json({ cabinet: 'x' }))],
  ['enrol-unreachable', () => Promise.resolve(new Response('down', { status: 503 }))],
  ['enrol-refused', () => Promise.resolve(Response.json({ error: 'no' }, { status: 404 }))],
  ['enrol-refused', () => Promise.resolve(new Response('<html>', { status: 400 }))],
  ['enrol-malformed', () => Promise.resolve(new Response('<html>'))],
  ['enrol-unreachable', () => Promise.reject(new TypeError('no route'))],
] as const)('fails with %s and keeps nothing', async (code, answer) => {
  await expect(enrol(ports(answer))).rejects.toMatchObject({ code })
})

it.each([
  ['is busy', () => Promise.resolve(new Response('later', { status: 503 }))],
  ['hears too many at once', () => Promise.resolve(Response.json({ error: { code: 'slow-down' } }, { status: 429 }))],
  ['took too long', () => Promise.resolve(new Response('', { status: 408 }))],
  ['cannot be reached', () => Promise.reject(new TypeError('no route'))],
] as const)('asks again, each time later, where the cloud %s', async (_what, answer) => {
  const given = reply()
  let tries = 0
  const asked = ports(async () => ((tries += 1) <= 3 ? await answer() : Response.json(given)))
  expect(await enrol(asked)).toEqual(given)
  expect(asked.waited).toEqual([1_000, 2_000, 4_000])
})

it('leaves it to the supervisor after a minute, and never asks again after a no', async () => {
  const busy = ports(() => Promise.resolve(Response.json({ error: { code: 'slow-down' } }, { status: 429 })))
  await expect(enrol(busy)).rejects.toMatchObject({ code: 'enrol-unreachable', reason: 'slow-down' })
  expect(busy.waited).toEqual(enrolWaitsMs)
  expect(busy.waited.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(70_000)
  const no = ports(() => Promise.resolve(Response.json({ error: { code: 'claim-used' } }, { status: 409 })))
  await expect(enrol(no)).rejects.toMatchObject({ code: 'enrol-refused' })
  expect(no.waited).toEqual([])
})
