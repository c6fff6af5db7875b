import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { newIdentity } from '../terminal.testing.ts'
import { readConfig } from './config.ts'
import { loadIdentity, saveIdentity } from './identity.ts'
import { readIdentity } from './parse-identity.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-config-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const saved = (text: string): string => {
  const path = join(folder, 'config.json')
  writeFileSync(path, text)
  return path
}

const good = {
  store: 'state',
  cloud: 'http://127.0.0.1:1',
  lines: [{ name: 'one', family: 'xor-8a', at: { tcp: { host: '127.0.0.1', port: 4_001 } } }],
  kiosk: { port: 0 },
}

it('reads a whole config', () => {
  expect(readConfig(saved(JSON.stringify(good)))).toEqual(good)
})

it.each([{ serial: '/dev/ttyS1' }, { tcp: { host: '10.0.0.9', port: 4_002 } }, { virtual: 4_623 }])(
  'may have a scanner: %j',
  (scanner) => {
    expect(readConfig(saved(JSON.stringify({ ...good, scanner })))).toEqual({ ...good, scanner })
  },
)

it('may be told another way to the broker than enrolment told', () => {
  const behindTunnel = { ...good, broker: 'mqtt://127.0.0.1:1884' }
  expect(readConfig(saved(JSON.stringify(behindTunnel)))).toEqual(behindTunnel)
})

it.each([
  ['config-unreadable', '{'],
  ['config-invalid', JSON.stringify({ ...good, broker: 'somewhere' })],
  ['config-invalid', JSON.stringify({ ...good, lines: [] })],
  ['config-invalid', JSON.stringify({ ...good, scanner: { serial: '/dev/ttyS1', virtual: 1 } })],
  ['config-invalid', JSON.stringify({ ...good, surprise: 1 })],
])('refuses with %s: %s', (code, text) => {
  expect(() => readConfig(saved(text))).toThrow(expect.objectContaining({ code }))
})

it('keeps an identity for its owner alone, and refuses a broken one', () => {
  expect(loadIdentity(folder)).toBeUndefined()
  const { cabinet, incarnation, shard, layout, sealTo, keys, cloudKeys } = newIdentity()
  const identity = {
    cabinet,
    incarnation,
    shard,
    layout: JSON.parse(JSON.stringify(layout)),
    keys,
    mqtt: { url: 'mqtt://b', username: 'u', password: 'p' },
    cloudKeys: [...cloudKeys].map(([keyId, publicKey]) => ({ keyId, publicKey })),
    sealingKeys: [{ keyId: 1, publicKey: sealTo }],
    codeKey: 'A'.repeat(43),
    codeSalt: 'A'.repeat(22),
  }
  saveIdentity(folder, identity)
  expect(statSync(join(folder, 'identity.json')).mode & 0o777).toBe(0o600)
  expect(loadIdentity(folder)).toEqual(identity)
  expect(readIdentity(identity, 1024)).toMatchObject({ cabinet, sealTo, cloudKeys })
  expect(() => readIdentity({ ...identity, keys: { publicKey: 'x', privateKey: 'y' } }, 1024)).toThrow(
    'identity-broken',
  )
  writeFileSync(join(folder, 'identity.json'), '{}')
  expect(() => loadIdentity(folder)).toThrow('identity-broken')
})
