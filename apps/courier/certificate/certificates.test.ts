import { webcrypto } from 'node:crypto'
import { expect, it } from 'vitest'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { CertificatesReply } from '@holdfast/wire/http/access.ts'
import { openCertificate, signCertificate } from '@holdfast/wire/seals/certificate.ts'
import { publicKeyOf } from '@holdfast/wire/seals/keys.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Answer } from '../../kit/cloud/client.ts'
import { createCertificates, type KeptCertificates, pointText, renewBelowMs } from './certificates.ts'

const seals = createNodeSeals()
const cloud = seals.generate('ed25519')
const id = <Kind extends 'cabinet' | 'person' | 'carrier'>(kind: Kind) => makeId(kind, instant(1), seals.random(10))
const [cabinet, carrier, person] = [id('cabinet'), id('carrier'), id('person')]
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
const day = 24 * 3_600_000
type Key = webcrypto.CryptoKey

/** A phone with the platform's own WebCrypto; the cloud signs what it is asked for. */
function phone(rows = new Map<string, KeptCertificates<Key>>()) {
  const world = { now: 1_000_000, online: true, asked: 0, broken: false }
  const reply = (point: string): CertificatesReply => {
    const raw = bytesFromBase64(point) ?? new Uint8Array()
    const [from, until] = [instant(world.now), instant(world.now + day)]
    const made = signCertificate(seals, cloud.privateKey, {
      keyId: 1,
      serial: '0011223344556677',
      person,
      carrier,
      doors: 60,
      from,
      until,
      key: publicKeyOf('p256', raw),
    })
    return { certificates: [{ carrier, carrierName: 'SF', until, certificate: base64FromBytes(made) }] }
  }
  const certificates = createCertificates<Key>({
    shelf: {
      read: async () => (world.broken ? await Promise.reject(new Error('kept nothing')) : [...rows.values()]),
      put: async (row) =>
        world.broken ? await Promise.reject(new Error('kept nothing')) : void rows.set(row.name, row),
      drop: async (name) => void rows.delete(name),
    },
    makeKey: async () => {
      const { privateKey, publicKey } = await webcrypto.subtle.generateKey(algorithm, false, ['sign'])
      return { key: privateKey, point: pointText(await webcrypto.subtle.exportKey('raw', publicKey)) }
    },
    sign: async (key, bytes) =>
      new Uint8Array(await webcrypto.subtle.sign({ ...algorithm, hash: 'SHA-256' }, key, Uint8Array.from(bytes))),
    send: async (point): Promise<Answer<CertificatesReply>> => {
      world.asked += 1
      return world.online
        ? { ok: true, value: reply(point) }
        : { ok: false, failure: { kind: 'offline', code: 'offline', status: 0, messages: {} } }
    },
    now: () => world.now,
  })
  return { certificates, world, rows }
}

const screen = { cabinet, nonce: '00112233445566778899aabbccddeeff' }
const read = (text: string | undefined) =>
  openCertificate(seals, new Map([[1, cloud.publicKey]]), { text: text ?? '', cabinet })

it('answers a kiosk’s screen so that its cabinet takes it, with a key that cannot be copied', async () => {
  const { certificates, rows } = phone()
  await certificates.refresh()
  const opened = read(await certificates.answer(screen, '07', carrier))
  expect(opened.ok && opened.presented).toMatchObject({ number: 7, certificate: { person, carrier } })
  expect(rows.get('own')?.key.extractable).toBe(false)
})

it('signs in over a new start of the app, with no network', async () => {
  const before = phone()
  await before.certificates.refresh()
  const after = phone(before.rows)
  after.world.online = false
  await after.certificates.refresh()
  expect(read(await after.certificates.answer(screen, '42', carrier)).ok).toBe(true)
  expect(after.world.asked).toBe(0)
})

it('asks for new ones while much of the day is left, and with the same key', async () => {
  const { certificates, world, rows } = phone()
  await certificates.refresh()
  const point = rows.get('own')?.point
  world.now += day - renewBelowMs - 1
  await certificates.refresh()
  expect(world.asked).toBe(1)
  world.now += 2
  await certificates.refresh()
  expect([world.asked, rows.get('own')?.point]).toEqual([2, point])
})

it('keeps the old ones where the network fails, and shows none that has ended', async () => {
  const { certificates, world } = phone()
  await certificates.refresh()
  world.online = false
  world.now += day - 1
  await certificates.refresh()
  expect(certificates.list()).toHaveLength(1)
  world.now += 2
  await certificates.refresh()
  expect(certificates.list()).toEqual([])
})

it('has nothing to say for another carrier, for no cabinet, or before the first network', async () => {
  const { certificates, world } = phone()
  expect(await certificates.answer(screen, '07', carrier)).toBeUndefined()
  await certificates.refresh()
  expect(await certificates.answer(screen, '07', id('carrier'))).toBeUndefined()
  expect(await certificates.answer({ ...screen, cabinet: 'cab_x' }, '07', carrier)).toBeUndefined()
  expect(world.asked).toBe(1)
})

it('asks once, however many ask at a time', async () => {
  const { certificates, world } = phone()
  await Promise.all([certificates.refresh(), certificates.refresh(), certificates.refresh()])
  expect(world.asked).toBe(1)
})

it('signs in a browser that keeps nothing, as long as the page lives', async () => {
  const { certificates, world } = phone()
  world.broken = true
  await certificates.refresh()
  expect(read(await certificates.answer(screen, '07', carrier)).ok).toBe(true)
})
