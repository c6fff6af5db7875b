import { describe, expect, it, vi } from 'vitest'
import { createWords } from '../kit/words/create-words.ts'
import type { Catalog } from '../kit/words/create-words.ts'
import { compileCatalog } from './words-plugin.ts'

describe('compiling words', () => {
  it('gives tokens that the running app fills', () => {
    const compiled = compileCatalog({ doors: '{count, plural, one {# door} other {# doors}}', back: 'Back' })
    expect(compiled['back']).toEqual(['Back'])
    expect(createWords('en', compiled as Catalog).t('doors', { count: 3 })).toBe('3 doors')
  })

  it('fails by the id of a broken message', () => {
    const said = vi.spyOn(console, 'error').mockReturnValue()
    expect(() => compileCatalog({ 'kiosk.bad': '{count, plural, one {x}' })).toThrow('kiosk.bad')
    said.mockRestore()
  })
})
