import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { newIdentity } from '../terminal.testing.ts'
import { keysToEnrol, loadIdentity, saveIdentity } from './identity.ts'

const seals = createNodeSeals()
const statement = { kind: 'facts', bytes: new Uint8Array(4) } as const
const { cabinet, incarnation, shard, layout } = newIdentity()
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the form in which the cloud would send it.
const given = {
  cabinet,
  incarnation,
  shard,
  layout,
  mqtt: { url: 'mqtt://far', username: cabinet, password: 'p'.repeat(32) },
  cloudKeys: [1, 2].map((keyId) => ({ keyId, publicKey: seals.generate('ed25519').publicKey })),
  sealingKeys: [{ keyId: 1, publicKey: seals.generate('x25519').publicKey }],
} as unknown as EnrolReply
const generate = () => seals.generate('p256')

describe('the keys that a cabinet enrols with', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-identity-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are the same at each start until the cloud has answered', () => {
    const store = join(folder, 'not yet there')
    const first = keysToEnrol(store, generate)
    expect(keysToEnrol(store, generate)).toEqual(first)
    const signed = seals.sign(first.privateKey, statement)
    expect(seals.verify(first.publicKey, statement, signed)).toBe(true)
  })

  it('are nobody else’s to read', () => {
    keysToEnrol(folder, generate)
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)
    expect(modes).toEqual([0o600])
  })

  it.each(['', 'half a fi', '{}', '{"publicKey":1,"privateKey":""}'])(
    'are drawn anew where the file says %j',
    (text) => {
      writeFileSync(join(folder, 'new-keys.json'), text)
      const keys = keysToEnrol(folder, generate)
      expect(keysToEnrol(folder, generate)).toEqual(keys)
    },
  )

  it('live on in the identity alone', () => {
    const keys = keysToEnrol(folder, generate)
    saveIdentity(folder, { ...given, keys, codeKey: 'k'.repeat(43), codeSalt: 's'.repeat(22) })
    expect(readdirSync(folder)).toEqual(['identity.json'])
    expect(loadIdentity(folder)?.keys).toEqual(keys)
  })
})
