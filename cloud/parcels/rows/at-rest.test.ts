import { describe, expect, it } from 'vitest'
import { type Id, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { openCodes, sealCodes } from './at-rest.ts'

const seals = createStandInSeals(3)
const id = <Kind extends IdKind>(kind: Kind, n = 1): Id<Kind> => makeId(kind, instant(1), new Uint8Array(10).fill(n))
const pair = (keyId: number) => ({ keyId, ...seals.generate('x25519') })
const [old, now, foreign] = [pair(1), pair(2), pair(3)]
const signing = [1, 2].map((keyId) => ({ keyId, ...seals.generate('ed25519') })) as never
const portsOf = (...sealing: readonly [typeof old, ...(typeof old)[]]) => ({
  seals,
  keys: { signing, sealing, atRest: seals.random(32) },
})
const at = { cabinet: id('cabinet'), deposit: id('deposit') }
const codes = [
  { generation: 0, code: '012345678' },
  { generation: 1, code: '000000000' },
]

describe('the codes of a deposit in the database', () => {
  const sealed = sealCodes(portsOf(now), at, codes)

  it('come back with their leading noughts, by generation', async () => {
    expect(await openCodes(portsOf(now), at, sealed)).toEqual(codes)
  })

  it('cannot be read by who has the database alone', async () => {
    for (const { code } of codes) expect(Buffer.from(sealed, 'base64url').includes(code)).toBe(false)
    expect(await openCodes(portsOf(foreign), at, sealed)).toEqual([])
  })

  it('open with an older key of the cloud as well, and are sealed to the newest', async () => {
    const before = sealCodes(portsOf(old), at, codes)
    expect(await openCodes(portsOf(now, old), at, before)).toEqual(codes)
    const after = sealCodes(portsOf(now, old), at, codes)
    expect(await openCodes(portsOf(old), at, after)).toEqual([])
  })

  it('still open where they were sealed to a public key of the cloud, and to no other', async () => {
    const text = new TextEncoder().encode('0:012345678 1:000000000')
    const before = await seals.seal(old.publicKey, { kind: 'codes-at-rest', ...at }, text)
    expect(await openCodes(portsOf(now, old), at, base64FromBytes(before))).toEqual(codes)
    expect(await openCodes(portsOf(now), at, base64FromBytes(before))).toEqual([])
  })

  it('are of their own deposit, at their own cabinet: moved to another row they open nothing', async () => {
    expect(await openCodes(portsOf(now), { ...at, deposit: id('deposit', 2) }, sealed)).toEqual([])
    expect(await openCodes(portsOf(now), { ...at, cabinet: id('cabinet', 2) }, sealed)).toEqual([])
  })

  it.each([
    ['nothing', ''],
    ['no base64', '!!'],
    ['a few bytes', 'AAAA'],
  ])('are none where the row holds %s', async (_, text) => {
    expect(await openCodes(portsOf(now), at, text)).toEqual([])
  })

  it('are none where a byte was changed', async () => {
    const bytes = Buffer.from(sealed, 'base64url')
    for (const place of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const spoilt = Buffer.from(bytes.map((byte, i) => (i === place ? byte ^ 1 : byte)))
      expect(await openCodes(portsOf(now), at, spoilt.toString('base64url'))).toEqual([])
    }
  })
})
