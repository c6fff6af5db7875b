import { describe, expect, it } from 'vitest'
import type { Transaction } from './recorder.ts'
import { replayScripts } from './replay.script.ts'

const digest = 'ab'.repeat(32)
const statement = { text: 'select $1', literals: ["'1'"] }
const other = { text: 'select $1', literals: ["'2'"] }

describe('the replay', () => {
  it('prepares each text once, and keeps with one client what begins alike', () => {
    const transactions = [
      { begin: 'begin', statements: [statement, { text: 'select 2', literals: [] }] },
      { begin: null, statements: [other] },
      { begin: 'begin', statements: [statement] },
    ]
    const [busy, idle] = replayScripts(transactions, 2, 0).map(playedIn)
    expect(busy).toEqual([
      'prepare r0 as select $1;',
      'prepare r1 as select 2;',
      mark,
      'begin;',
      "execute r0('1');",
      'execute r1;',
      'commit;',
      'begin;',
      "execute r0('1');",
      'commit;',
      mark,
    ])
    expect(idle).toEqual(['prepare r0 as select $1;', mark, "execute r0('2');", mark])
  })

  it('marks where what came first is done, and counts no client twice', () => {
    const one = { begin: null, statements: [statement] }
    const [only = '', none] = replayScripts([one, { ...one }, { ...one }, { ...one }], 1, 2)
    expect(none).toBeUndefined()
    const executed = "execute r0('1');"
    expect(playedIn(only).slice(1)).toEqual([executed, executed, mark, executed, executed, mark])
  })

  it('lets all clients begin together, at the start and at their marks', () => {
    for (const script of replayScripts([{ begin: null, statements: [statement] }], 2, 0)) {
      const arrivals = script.split('\n').flatMap((line) => /bench_client\) < (\d+)/.exec(line)?.[1] ?? [])
      expect(arrivals).toEqual(['2', '4'])
    }
  })

  it('commits about a parcel at one client before another goes on with it', () => {
    const [announced, absorbed] = [writing('announce', digest), writing('absorb', `[{"digest":"${digest}"}]`)]
    const [one = '', two = ''] = replayScripts([announced, absorbed], 2, 0)
    expect(one).toContain("unnest('{1}'::bigint[])")
    expect(playedIn(one).slice(-3, -1)).toEqual([`execute r0('${digest}');`, 'commit\\; select pg_advisory_unlock(1);'])
    expect(two).toContain("unnest('{}'::bigint[])")
    expect(playedIn(two)).toContain('select pg_advisory_lock_shared(1)\\; begin;')
  })

  it('ties nothing that has another parcel, the same client or no transaction', () => {
    const [first, second] = [writing('announce', digest), writing('absorb', 'cd'.repeat(32))]
    const read = { begin: null, statements: writing('read', digest).statements }
    const tied = (transactions: readonly Transaction[]) =>
      replayScripts(transactions, 2, 0).filter((script) => script.includes('pg_advisory_lock_shared'))
    expect(tied([first, second])).toEqual([])
    expect(tied([first, { ...first }])).toEqual([])
    expect(tied([first, read])).toEqual([])
  })
})

const mark = 'insert into bench_mark default values;'

const playedIn = (script: string): readonly string[] =>
  script.split('\n').filter((line) => /^(prepare|begin|execute|commit|select pg_|insert into bench_mark)/.test(line))

const writing = (what: string, parcel: string): Transaction => ({
  begin: 'begin',
  statements: [{ text: `${what} $1`, literals: [`'${parcel}'`] }],
})
