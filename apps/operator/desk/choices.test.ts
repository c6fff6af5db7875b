import { describe, expect, it } from 'vitest'
import { readChoices, writeChoices } from './choices.ts'

const storing = (text: string | null) => ({ getItem: () => text })
const plain = { theme: 'system', singleKeys: true, signedIn: false }

describe('what a browser keeps', () => {
  it('comes back as it was written', () => {
    let kept = ''
    const choices = { locale: 'ko', theme: 'dark', singleKeys: false, signedIn: true } as const
    writeChoices(choices, { setItem: (_key, text) => void (kept = text) })
    expect(readChoices(storing(kept))).toEqual(choices)
  })

  it.each([null, 'not json', '7', '{"theme":"neon","singleKeys":1,"signedIn":"yes","locale":5}'])(
    'starts anew from %s',
    (text) => expect(readChoices(storing(text))).toEqual(plain),
  )

  it('does without a store', () => {
    const broken = (): never => {
      throw new Error('private window')
    }
    expect(readChoices({ getItem: broken })).toEqual(plain)
    expect(() => writeChoices(readChoices(storing(null)), { setItem: broken })).not.toThrow()
  })
})
