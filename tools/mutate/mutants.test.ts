import { describe, expect, it } from 'vitest'
import { mutate } from './mutants.ts'

const lies = (text: string): readonly string[] => mutate('a.ts', text, 1).mutants.map(({ kind, to }) => `${kind} ${to}`)

/** Runs the program with one lie true, or none, and gives what it answers. */
function answer(text: string, id: number): unknown {
  const { code } = mutate('a.ts', text, 1)
  // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call -- a program of this test's own.
  return new Function('__mutant', '__turn', code)(
    (other: number) => other === id,
    () => undefined,
  )
}

describe('the lies about a program', () => {
  it.each([
    ['a < b', ['comparison (a) <= (b)', 'comparison (a) >= (b)']],
    ['a === b', ['comparison (a) !== (b)']],
    ['a && b', ['logic (a) || (b)']],
    ['a ?? b', ['logic (a) && (b)']],
    ['a + 1', ['arithmetic (a) - (1)']],
    ['!a', ['negation a']],
    ['-a', ['arithmetic a']],
    ['true', ['boolean false']],
    ["'door-open'", ["code ''"]],
    ['[a, b]', ['list []']],
    ['a.filter(b)', ['method a']],
    ['a.some(b)', ['method a.every(b)']],
    ['a ? 1 : 2', ['condition false', 'condition true']],
  ])('of %s', (expression, expected) => {
    expect(lies(`const x = ${expression}`)).toEqual(expected)
  })

  it.each([
    ['a type', "type X = 'a' | true"],
    ['an import', "import { a } from 'b'"],
    ['words for a reader', "const x = 'not a code'"],
    ['an error', "if_: { throw new Error('gone') }"],
    ['an empty list', 'const x = []'],
    ['a place to write to', '[a, b] = c'],
    ['the answer nothing', 'function f() { return undefined }'],
    ['a method of every object', 'const x = a.toString(16)'],
  ])('are none about %s', (_, text) => {
    expect(lies(text).filter((lie) => !lie.startsWith('statement'))).toEqual([])
  })

  it('take a statement or an answer away', () => {
    expect(lies('function f() {\n  g()\n  return 1\n}')).toEqual(['statement ', 'return return'])
  })
})

describe('the program with all of them inside', () => {
  const text = [
    'const seen = []',
    "seen.push('one')",
    '[1, 2].filter((n) => n > 1).forEach((n) => seen.push(n))',
    'const none = undefined',
    'seen.push(none?.list.filter(Boolean).length ?? 0)',
    'for (let i = 0; i < 2; i += 1) seen.push(i)',
    'return seen',
  ].join('\n')

  it('says what it said before, while none of them is true', () => {
    // Without semicolons a bracket at the head of a line belongs to the line before: here it stays apart.
    const apart = text.replace('\n[1', '\n;[1')
    expect(answer(apart, 0)).toEqual(['one', 2, 0, 0, 1])
  })

  it('leaves an else with the if that it was said of', () => {
    const either = 'const seen = []\nif (seen.length > 0) seen.push(1)\nelse seen.push(2)\nreturn seen'
    expect(answer(either, 0)).toEqual([2])
  })

  it('says something else with one of them', () => {
    const apart = text.replace('\n[1', '\n;[1')
    const { mutants } = mutate('a.ts', apart, 1)
    const said = (kind: string, from: string): unknown =>
      answer(apart, mutants.find((mutant) => mutant.kind === kind && mutant.from === from)?.id ?? 0)
    expect(said('code', "'one'")).toEqual(['', 2, 0, 0, 1])
    expect(said('comparison', 'n > 1')).toEqual(['one', 1, 2, 0, 0, 1])
    expect(said('statement', 'seen.push(i)')).toEqual(['one', 2, 0])
    expect(said('return', 'return seen')).toBeUndefined()
  })

  it('numbers them from where it is told to, with their lines', () => {
    const { mutants } = mutate('a.ts', 'const a = 1\nconst b = !a', 40)
    expect(mutants).toEqual([{ id: 40, path: 'a.ts', line: 2, kind: 'negation', from: '!a', to: 'a' }])
  })
})
