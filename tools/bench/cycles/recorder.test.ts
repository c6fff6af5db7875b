import { describe, expect, it } from 'vitest'
import { createRecorder, literalOf } from './recorder.ts'
import { replayScripts } from './replay.script.ts'

describe('the recorder', () => {
  it('keeps what was committed together, in the order of the ends, and leaves out what was rolled back', () => {
    const recorder = createRecorder()
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
      { begin: null, statements: [{ text: 'select $1', literals: ["'2'"] }] },
      { begin: 'begin', statements: [{ text: 'insert $1, $2', literals: ["'a'", 'null'] }] },
    ])
    expect(recorder.count()).toBe(8)
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

describe('the replay', () => {
  const statement = { text: 'select $1', literals: ["'1'"] }
  const other = { text: 'select $1', literals: ["'2'"] }

  it('prepares each text once, and keeps with one client what begins alike', () => {
    const transactions = [
      { begin: 'begin', statements: [statement, { text: 'select 2', literals: [] }] },
      { begin: null, statements: [other] },
      { begin: 'begin', statements: [statement] },
    ]
    const begun = [
      'insert into bench_client default values;',
      'do $$ begin while (select count(*) from bench_client) < 2 loop perform pg_sleep(0.005); end loop; end $$;',
      'insert into bench_mark default values;',
    ]
    expect(replayScripts(transactions, 2, 0).map((script) => script.split('\n'))).toEqual([
      [
        'set deadlock_timeout = 100;',
        'prepare r0 as select $1;',
        'prepare r1 as select 2;',
        ...begun,
        'begin;',
        "execute r0('1');",
        'execute r1;',
        'commit;',
        'begin;',
        "execute r0('1');",
        'commit;',
        'insert into bench_mark default values;',
        '',
      ],
      [
        'set deadlock_timeout = 100;',
        'prepare r0 as select $1;',
        ...begun,
        "execute r0('2');",
        'insert into bench_mark default values;',
        '',
      ],
    ])
  })

  it('marks where a client is warm, and counts no client twice', () => {
    const one = { begin: null, statements: [statement] }
    const [only = '', none] = replayScripts([one, one, one, one], 1, 0.5)
    expect(none).toBeUndefined()
    expect(only.split('\n').filter((line) => /bench_mark|execute/.test(line))).toEqual([
      "execute r0('1');",
      "execute r0('1');",
      'insert into bench_mark default values;',
      "execute r0('1');",
      "execute r0('1');",
      'insert into bench_mark default values;',
    ])
  })
})
