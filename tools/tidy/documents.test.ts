import { describe, expect, it } from 'vitest'
import { decisionNumbers, links } from './documents.ts'
import type { Tree } from './tree.ts'

const page = (text: string): Tree => [
  { path: 'docs/guides/run.md', text },
  { path: 'docs/laws.md', text: '# The laws\n\n## Time, and conflict\n' },
  { path: 'LICENSE', text: '' },
]

describe('a link', () => {
  it.each([
    '[the laws](../laws.md)',
    '[of time](../laws.md#time-and-conflict)',
    '[here](#run)\n# Run',
    '[the folder](..)',
    '[the licence](../../LICENSE "Apache")',
    '[outside](https://example.org/no/page)',
    '`[an example](nowhere.md)`',
    '```md\n[an example](nowhere.md)\n```',
  ])('may be %s', (text) => {
    expect(links(page(text))).toEqual([])
  })

  it.each([
    ['[gone](../rules.md)', '../rules.md leads nowhere'],
    ['[from the wrong folder](laws.md)', 'laws.md leads nowhere'],
    ['[no heading](../laws.md#money)', '../laws.md#money: no such heading'],
    ['![no picture](town.svg)', 'town.svg leads nowhere'],
  ])('may not be %s', (text, says) => {
    expect(links(page(text))).toEqual([{ rule: 'link', path: 'docs/guides/run.md', says }])
  })
})

describe('a decision', () => {
  const decisions = (...names: string[]): Tree => names.map((name) => ({ path: `docs/decisions/${name}`, text: '' }))

  it('has a number of its own', () => {
    expect(decisionNumbers(decisions('0001-one-writer.md', '0002-canonical-bytes.md', 'README.md'))).toEqual([])
  })

  it('shares it with no other', () => {
    expect(decisionNumbers(decisions('0001-canonical-bytes.md', '0001-one-writer.md'))).toEqual([
      {
        rule: 'decision-number',
        path: 'docs/decisions/0001-one-writer.md',
        says: 'has the number of docs/decisions/0001-canonical-bytes.md',
      },
    ])
  })

  it('carries it in front of its name', () => {
    expect(decisionNumbers(decisions('one-writer.md'))).toEqual([
      {
        rule: 'decision-number',
        path: 'docs/decisions/one-writer.md',
        says: 'is not named NNNN-title-in-kebab-case.md',
      },
    ])
  })
})
