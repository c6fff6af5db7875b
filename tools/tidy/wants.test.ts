import { describe, expect, it } from 'vitest'
import { wantsPage, wantsShown } from './wants.ts'
import type { Source } from './tree.ts'

const page = (...rows: readonly string[]): Source => ({
  path: wantsPage,
  text: ['| want | shown |', '|---|---|', ...rows].join('\n'),
})
const shown: Source = { path: 'core/door/door.test.ts', text: "it('is shut', () => {})\nit('says \"open\"', () => {})" }
const says = (...tree: readonly Source[]): readonly string[] => wantsShown(tree).map((finding) => finding.says)

describe('what people ask for', () => {
  it('stands on tests that are there and say so', () => {
    const row = '| 6 Honest | [door](../core/door/door.test.ts): "is shut", "says \\"open\\"" |'
    expect(says(page(row), shown)).toEqual([])
  })

  it.each([
    ['names no test', '| 6 Honest | we promise |'],
    ['is no test', '| 6 Honest | [door](../core/door/lock.test.ts): "is shut" |'],
    ['does not claim', '| 6 Honest | [door](../core/door/door.test.ts): "is shut", "is green" |'],
  ])('%s: found', (what, row) => {
    expect(says(page(row), shown)).toEqual([expect.stringContaining(what)])
  })

  it('is not asked of a tree without the page', () => {
    expect(says(shown)).toEqual([])
  })
})
