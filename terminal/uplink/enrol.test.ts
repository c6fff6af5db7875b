import { expect, it } from 'vitest'
import { newIdentity, seals } from '../terminal.testing.ts'
import { enrol } from './enrol.ts'

const keys = seals.generate('p256')
const ports = (answer: () => Promise<Response>) => ({ fetch: answer, cloud: 'http://cloud', claimToken: 't', keys })
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
