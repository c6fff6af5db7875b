import { describe, expect, it } from 'vitest'
import { createRecorder, inOrder, literalOf } from './recorder.ts'

describe('the recorder', () => {
  it('keeps what was committed together, in the order of the ends, and leaves out what was rolled back', () => {
    let now = 0
    const recorder = createRecorder(() => (now += 1))
    const [one, two, three] = [{}, {}, {}]
    recorder.note(one, 'select 0')
    recorder.start()
    recorder.note(one, 'begin')
    recorder.note(two, { text: 'select $1', values: [2] })
    recorder.note(one, { text: 'insert $1, $2', values: ['a', null] })
    recorder.note(three, 'begin')
    recorder.note(three, 'delete')
    recorder.note(one, 'commit')
    recorder.note(three, 'rollback')
    expect(recorder.take()).toEqual([
      { sentAt: 1, begin: null, statements: [{ text: 'select $1', literals: ["'2'"] }] },
      { sentAt: 2, begin: 'begin', statements: [{ text: 'insert $1, $2', literals: ["'a'", 'null'] }] },
    ])
    expect(recorder.count()).toBe(8)
  })

  it('joins what several processes sent, in the order of sending', () => {
    const sent = (...at: readonly number[]) => at.map((sentAt) => ({ sentAt, begin: null, statements: [] }))
    expect(inOrder([sent(1, 4), sent(2, 3)])).toEqual(sent(1, 2, 3, 4))
  })

  it.each([
    ["it's", "'it''s'"],
    [Uint8Array.of(1, 255), "'\\x01ff'"],
    [['a', 'b"c'], `'{"a","b\\"c"}'`],
    [[1, 2], `'{"1","2"}'`],
    [undefined, 'null'],
    [false, "'false'"],
  ])('writes %o as %s', (value, literal) => {
    expect(literalOf(value)).toBe(literal)
  })
})
