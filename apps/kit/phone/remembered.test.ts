import { describe, expect, it } from 'vitest'
import { plainAccess } from '../controls/ask/access-buttons.tsx'
import { recall, remember } from './remembered.ts'

function memory(start: Readonly<Record<string, string>> = {}): () => Storage {
  const kept = new Map(Object.entries(start))
  return () =>
    ({
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }) as Storage
}

const forbidden = (): Storage => {
  throw new DOMException('denied', 'SecurityError')
}

describe('what a phone remembers', () => {
  it('comes back as it was kept, each app its own', () => {
    const store = memory()
    const kept = { locale: 'ko', access: { ...plainAccess, largeText: true }, signedIn: true }
    remember('courier', kept, store)
    expect(recall('courier', store)).toEqual(kept)
    expect(recall('recipient', store)).toEqual({ access: plainAccess, signedIn: false })
  })

  it.each(['null', 'not json', '7', '{"access":3,"signedIn":"yes","locale":4}'])('starts anew from %s', (text) => {
    expect(recall('courier', memory({ 'holdfast.courier': text }))).toEqual({ access: plainAccess, signedIn: false })
  })

  it('does without where the browser keeps nothing', () => {
    remember('courier', { access: plainAccess, signedIn: true }, forbidden)
    expect(recall('courier', forbidden).signedIn).toBe(false)
  })
})
