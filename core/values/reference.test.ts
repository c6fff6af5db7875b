import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idToUuid, makeId } from './ids.ts'
import { instant } from './instants.ts'
import { readReference, referenceOf } from './reference.ts'

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
const idOf = (random: Uint8Array) => makeId('deposit', instant(1_770_000_000_000), random)

describe('a reference', () => {
  it('is read again as the end of its id', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const id = idOf(random)
        expect(referenceOf(id)).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/u)
        expect(idToUuid(id).endsWith(readReference(referenceOf(id)) ?? '?')).toBe(true)
      }),
    )
  })

  it.each(['3F2A-91BC', '3f2a91bc', ' 3F2A 91BC ', '3F2A–91BC', '３Ｆ２Ａ-９１ＢＣ', '3F2A-9lBC'])(
    'is read from %j',
    (text) => expect(readReference(text)).toBe('3f2a91bc'),
  )

  it('takes letters that look like figures for these', () => {
    expect(readReference('OOIl-1234')).toBe('00111234')
  })

  it.each(['', '3F2A', '3F2A-91B', '3F2A-91BCD', 'SF1402938475610', 'G123-4567', '3F2A_91BC'])('is no %j', (text) =>
    expect(readReference(text)).toBeUndefined(),
  )
})
