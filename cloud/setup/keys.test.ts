import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { loadKeys } from './keys.ts'

const seals = createNodeSeals()
const folder = mkdtempSync(join(tmpdir(), 'holdfast-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = (name: string): string => join(folder, `${name}.json`)

interface StoredKey {
  readonly keyId: number
  readonly publicKey: string
  readonly privateKey: string
}
interface Stored {
  readonly signing: readonly [StoredKey, StoredKey]
  readonly sealing: readonly [StoredKey]
  readonly atRest: string
}
let good: Stored

beforeAll(async () => {
  await loadKeys(seals, path('good'))
  good = JSON.parse(readFileSync(path('good'), 'utf8')) as Stored
})

describe('the keys of a cloud', () => {
  it('are made once, and are the same at every later start', async () => {
    expect(await loadKeys(seals, path('once'))).toEqual(await loadKeys(seals, path('once')))
  })

  it('are two to sign with, for rotation, one to seal with, and one for what lies at rest', async () => {
    const { signing, sealing, atRest } = await loadKeys(seals, path('good'))
    expect(signing.map(({ keyId }) => keyId)).toEqual([0, 1])
    expect(signing[0].publicKey).not.toBe(signing[1].publicKey)
    expect(sealing).toHaveLength(1)
    expect(atRest).toHaveLength(32)
  })

  it('are readable by their owner alone', () => {
    expect(statSync(path('good')).mode & 0o777).toBe(0o600)
  })

  it('are those of the first where several processes start at one moment, and no half file stays', async () => {
    const loaded = await Promise.all(Array.from({ length: 8 }, async () => await loadKeys(seals, path('race'))))
    for (const keys of loaded) expect(keys).toEqual(loaded[0])
    expect(readdirSync(folder).filter((name) => name.startsWith('race'))).toEqual(['race.json'])
  })

  it('sign what their public half verifies', async () => {
    const { signing } = await loadKeys(seals, path('good'))
    const order = (text: string) => ({ kind: 'order', bytes: new TextEncoder().encode(text) }) as const
    for (const { publicKey, privateKey } of signing) {
      const signature = seals.sign(privateKey, order('open'))
      expect(seals.verify(publicKey, order('open'), signature)).toBe(true)
      expect(seals.verify(publicKey, order('another'), signature)).toBe(false)
    }
  })

  const spoilt: readonly (readonly [string, (keys: Stored) => unknown])[] = [
    ['one signing key', ({ signing: [first], ...rest }) => ({ ...rest, signing: [first] })],
    ['no sealing key', (keys) => ({ ...keys, sealing: [] })],
    ['three sealing keys', (keys) => ({ ...keys, sealing: Array(3).fill(keys.sealing[0]) })],
    ['nothing for what lies at rest', ({ signing, sealing }) => ({ signing, sealing })],
    ['half a key for what lies at rest', (keys) => ({ ...keys, atRest: Buffer.alloc(16).toString('base64') })],
    ['something that is no base64', (keys) => ({ ...keys, atRest: '***' })],
    ['a sealing key in a signing key’s place', (keys) => ({ ...keys, signing: [keys.sealing[0], keys.signing[1]] })],
    ['a signing key in the sealing key’s place', (keys) => ({ ...keys, sealing: [keys.signing[0]] })],
    [
      'a public half in the private half’s place',
      ({ signing: [first, second], ...rest }) => ({
        ...rest,
        signing: [{ ...first, privateKey: first.publicKey.slice(0, 9) }, second],
      }),
    ],
    ['a key number that one byte cannot hold', (keys) => ({ ...keys, sealing: [{ ...keys.sealing[0], keyId: 256 }] })],
    ['an empty file', () => ({})],
  ]
  it.each(spoilt)('are refused, and never made anew, where the file holds %s', async (what, spoil) => {
    const file = path(`spoilt-${what.replaceAll(/\W+/g, '-')}`)
    const text = JSON.stringify(spoil(good))
    writeFileSync(file, text)
    await expect(loadKeys(seals, file)).rejects.toMatchObject({
      code: expect.stringMatching(/^(keys-broken|config-invalid)$/) as string,
    })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('are refused where the power cut left half a file of another program', async () => {
    writeFileSync(path('half'), '{"signing": [')
    await expect(loadKeys(seals, path('half'))).rejects.toThrow()
    expect(readFileSync(path('half'), 'utf8')).toBe('{"signing": [')
  })
})
