import { describe, expect, it } from 'vitest'
import { promisePages, promisesShown } from './promises.ts'
import type { Source } from './tree.ts'

const shown: Source = { path: 'core/door/door.test.ts', text: "it('is shut', () => {})\nit('says \"open\"', () => {})" }
const says = (...tree: readonly Source[]): readonly string[] => promisesShown(tree).map((finding) => finding.says)

describe.each(promisePages)('what %s promises to people', (path) => {
  const page = (...rows: readonly string[]): Source => ({
    path,
    text: ['# Promises', '| want | shown |', '|---|---|', ...rows, '## More', '| want | shown |', '|:--|--:|'].join(
      '\n',
    ),
  })

  it('stands on tests that are there and say so', () => {
    const row = '| 6 Honest | [door](../core/door/door.test.ts): "is shut", "says \\"open\\"" |'
    expect(says(page(row), shown)).toEqual([])
  })

  it.each([
    ['“Honest at once” names no test', '| Honest at once | we promise |'],
    ['“6 Honest”: core/door/lock.test.ts is no test', '| 6 Honest | [door](../core/door/lock.test.ts): "is shut" |'],
    ['“6 Honest” names no test', '| 6 Honest | [door](../core/door/door.ts): "is shut" |'],
    ['does not claim “is green”', '| 6 Honest | [door](../core/door/door.test.ts): "is shut", "is green" |'],
  ])('%s: found', (what, row) => {
    expect(says(page('| 5 Kept | [door](../core/door/door.test.ts): "is shut" |', row), shown)).toEqual([
      expect.stringContaining(what),
    ])
  })
})

describe('what is promised nowhere', () => {
  it('is asked of no tree', () => {
    expect(says(shown)).toEqual([])
  })
})
