import { describe, expect, it } from 'vitest'
import { codesDocumented, codesOf, codesPage, examplesUsed, refusalsRegistered } from './catalogue.ts'
import type { Source } from './tree.ts'

const page = (...codes: string[]): Source => ({
  path: codesPage,
  text: ['| code | says |', '|---|---|', ...codes.map((code) => `| \`${code}\` | … |`), ''].join('\n'),
})

describe('the codes', () => {
  it('are the first column of the page', () => {
    expect([...codesOf([page('stale-epoch', 'wrong-cabinet')])]).toEqual(['stale-epoch', 'wrong-cabinet'])
  })

  it('have a page at all', () => {
    expect(codesDocumented([])).toMatchObject([{ says: 'is missing' }])
  })

  it('are words joined by dashes', () => {
    expect(codesDocumented([page('staleEpoch')])).toMatchObject([{ says: 'staleEpoch is not kebab-case' }])
  })

  it.each(['refuse', 'failure', 'journalFailure'])('are what %s says', (call) => {
    const decider = (code: string): Source => ({ path: 'core/cabinet/orders.ts', text: `return ${call}('${code}')` })
    expect(refusalsRegistered([page('stale-epoch'), decider('stale-epoch')])).toEqual([])
    expect(refusalsRegistered([page('stale-epoch'), decider('bad-luck')])).toMatchObject([
      { says: `bad-luck is not in ${codesPage}` },
    ])
  })
})

describe('an example', () => {
  const example: Source = { path: 'wire/examples/cabinet/unlock-order.v1.json', text: '{}' }
  const schema: Source = { path: 'wire/cabinet/orders.ts', text: "export const kinds = ['unlock-order']" }
  const reader: Source = {
    path: 'wire/cabinet/orders.test.ts',
    text: "readdirSync(new URL('../examples', import.meta.url))",
  }

  it('belongs to a message and is read by somebody', () => {
    expect(examplesUsed([example, schema, reader])).toEqual([])
  })

  it('of a message that is gone is found', () => {
    expect(examplesUsed([example, reader])).toMatchObject([{ says: 'no message is called unlock-order' }])
  })

  it('that nobody reads is found', () => {
    expect(examplesUsed([example, schema])).toMatchObject([{ says: 'no program reads the examples' }])
  })
})
