import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, type Tx, isDbFailure } from './db.ts'
import type { TestEngine } from './db.testing.ts'

/** What every engine promises behind the `Db` port. */
export function dbContract(engine: TestEngine): void {
  describe(`a database on ${engine.name}`, () => {
    let db: Db
    let other: Db
    beforeAll(async () => {
      ;[db, other] = await engine.openTwo()
      await db.transaction((tx) =>
        tx.script(`create table account (id text primary key, cents bigint not null check (cents >= 0));
                   create table entry (account text not null references account (id));`),
      )
    })
    afterAll(async () => {
      await other.close()
      await db.close()
    })
    const one = async (sql: string, params: Parameters<Db['query']>[1] = []): Promise<unknown> =>
      (await db.query<{ v: unknown }>(sql, params))[0]?.v

    it.each([
      ['int8', 'select $1::int8 as v', 9_007_199_254_740_991, 9_007_199_254_740_991],
      ['a bigint parameter', 'select $1::int8 as v', -5n, -5],
      ['bytea', 'select $1::bytea as v', Uint8Array.of(0, 92, 255), Uint8Array.of(0, 92, 255)],
      ['json', 'select $1::jsonb as v', '{"a":[1,"ü"]}', { a: [1, 'ü'] }],
      ['a list of texts', 'select $1::text[] as v', ['a"b', 'c,d', ''], ['a"b', 'c,d', '']],
      ['a list of int8', 'select $1::int8[] as v', [1, 2], [1, 2]],
      ['a boolean', 'select $1::boolean as v', true, true],
      ['null', 'select $1::text as v', null, null],
      ['undefined as null', 'select $1::text as v', undefined, null],
      ['a number as text', 'select $1::text as v', '17', '17'],
      ['numeric as text', 'select $1::numeric as v', '1.50', '1.50'],
      [
        'a uuid',
        'select $1::uuid as v',
        '018f3c2e-0000-7000-8000-000000000001',
        '018f3c2e-0000-7000-8000-000000000001',
      ],
      ['xid8 as text', 'select $1::xid8 as v', '18446744073709551615', '18446744073709551615'],
      ['float8', 'select $1::float8 as v', 0.5, 0.5],
    ] as const)('carries %s there and back', async (_what, sql, given, expected) => {
      expect(await one(sql, [given])).toEqual(expected)
    })

    it('counts in numbers, and refuses an int8 that a number cannot hold', async () => {
      expect(await one('select count(*) as v from account')).toBe(0)
      await expect(one('select 9007199254740993::int8 as v')).rejects.toMatchObject({ code: 'db-number-too-large' })
      expect(await one('select 1 as v')).toBe(1)
    })

    it('answers a statement alike however often one session asks it', async () => {
      const asked = `select n, n::int8 as big, n::text as text, nullif(n, 2) as "notTwo", array[n]::text[] as list,
        jsonb_build_object('n', n) as json, 17 as n from generate_series(1, $1::int) n`
      const answers = await db.transaction(async (tx) => {
        const once = await tx.query(asked, [2])
        return [once, await tx.query(asked, [2]), ...(await Promise.all([2, 2].map((n) => tx.query(asked, [n]))))]
      })
      const [first] = answers
      expect(first).toEqual([
        { n: 17, big: 1, text: '1', notTwo: 1, list: ['1'], json: { n: 1 } },
        { n: 17, big: 2, text: '2', notTwo: null, list: ['2'], json: { n: 2 } },
      ])
      expect(answers).toEqual([first, first, first, first])
    })

    it('fails alike, and answers as before after a failure', async () => {
      const divide = async (by: number): Promise<unknown> => await one('select (12 / $1::int8)::int8 as v', [by])
      const large = async (times: number): Promise<unknown> =>
        await one('select 4503599627370497 * $1::int8 as v', [times])
      for (let times = 0; times < 3; times += 1) {
        await expect(divide(0)).rejects.toMatchObject({ code: 'db-statement', sqlState: '22012' })
        expect(await divide(3)).toBe(4)
        await expect(large(2)).rejects.toMatchObject({ code: 'db-number-too-large' })
        expect(await large(1)).toBe(4_503_599_627_370_497)
      }
    })

    it('writes and empties alike the second time, and tells rows only where there are any', async () => {
      const write = async (id: string): Promise<unknown> => await db.query('insert into account values ($1, 5)', [id])
      const read = async (id: string): Promise<unknown> =>
        await db.query('select cents from account where id = $1', [id])
      for (const id of ['w1', 'w2', 'w3']) {
        expect(await read(id)).toEqual([])
        expect(await write(id)).toEqual([])
        await expect(write(id)).rejects.toMatchObject({ code: 'db-unique-violation', constraint: 'account_pkey' })
        expect(await read(id)).toEqual([{ cents: 5 }])
      }
      expect(await db.query(`delete from account where id like 'w%'`)).toEqual([])
    })

    it.each([
      ['db-unique-violation', `insert into account values ('u', 1), ('u', 1)`, 'account_pkey'],
      ['db-check-violation', `insert into account values ('n', -1)`, 'account_cents_check'],
      ['db-foreign-key-violation', `insert into entry values ('nobody')`, 'entry_account_fkey'],
      ['db-not-null-violation', `insert into account values ('x', null)`, undefined],
      ['db-statement', 'select nonsense', undefined],
    ] as const)('names a %s and its constraint', async (code, sql, constraint) => {
      const found = await db.query(sql).catch((error: unknown) => error)
      expect(found).toMatchObject({ code, ...(constraint === undefined ? {} : { constraint }) })
    })

    it('keeps all of a transaction or nothing', async () => {
      const failed = db.transaction(async (tx) => {
        await tx.query(`insert into account values ('half', 1)`)
        throw new RangeError('changed my mind')
      })
      await expect(failed).rejects.toBeInstanceOf(RangeError)
      expect(await one(`select count(*) as v from account where id = 'half'`)).toBe(0)
      expect(await db.transaction(async (tx) => (await tx.query('select 1 as v')).length)).toBe(1)
    })

    it('does what was only written before what is asked after it, and commits it', async () => {
      const seen = await db.transaction(async (tx) => {
        tx.write(`insert into account values ('written', $1)`, [1])
        tx.write(`update account set cents = cents + 1 where id = 'written'`)
        const rows = await tx.query<{ cents: number }>(`select cents from account where id = 'written'`)
        tx.write(`update account set cents = cents * 10 where id = 'written'`)
        return rows
      })
      expect(seen).toEqual([{ cents: 2 }])
      expect(await one(`select cents as v from account where id = 'written'`)).toBe(20)
    })

    it('answers in the order of asking, however many statements are under way at once', async () => {
      const asked = Array.from({ length: 50 }, (_, i) => i)
      const answered = await db.transaction(
        async (tx) =>
          await Promise.all(asked.map(async (i) => (await tx.query<{ v: number }>('select $1::int as v', [i]))[0]?.v)),
      )
      expect(answered).toEqual(asked)
    })

    it.each<readonly [string, (tx: Tx) => unknown]>([
      ['with nothing after it', () => undefined],
      ['before a question', (tx) => tx.query('select 1')],
      ['before a script', (tx) => tx.script('select 1')],
      ['before a failing one', (tx) => tx.query('select nonsense')],
      ['before another failing one', (tx) => tx.write(`insert into account values ('later', -1)`)],
    ])('undoes all for a written statement that fails, and names its failure: %s', async (_when, after) => {
      const heard: string[] = []
      const failed = db.transaction(async (tx) => {
        tx.onCommit(() => heard.push('committed'))
        tx.write(`insert into account values ('undone', 1)`)
        tx.write(`insert into entry values ('nobody')`)
        await after(tx)
      })
      await expect(failed).rejects.toMatchObject({ code: 'db-foreign-key-violation', constraint: 'entry_account_fkey' })
      expect(await one(`select count(*) as v from account where id in ('undone', 'later')`)).toBe(0)
      expect(heard).toEqual([])
    })

    it('tells a work’s own failure, not that of what it wrote', async () => {
      const failed = db.transaction(async (tx) => {
        tx.write('select nonsense')
        await Promise.resolve()
        throw new RangeError('changed my mind')
      })
      await expect(failed).rejects.toBeInstanceOf(RangeError)
      expect(await one('select 3 as v')).toBe(3)
    })

    it('runs again when a written statement failed to serialise', async () => {
      let tries = 0
      await db.transaction(
        async (tx) => {
          tries += 1
          const fails = tries < 3
          tx.write(`insert into account values ('tried', $1)`, [tries])
          if (fails) await tx.script(`do $$ begin raise exception 'no' using errcode = '40001'; end $$`)
        },
        { retries: 5 },
      )
      expect(tries).toBe(3)
      expect(await one(`select cents as v from account where id = 'tried'`)).toBe(3)
    })

    it('loses no update when a conflict shows only at the commit', async () => {
      await db.query(`insert into account values ('skewed', 1), ('twin', 1)`)
      const take = async (from: string, tx: Tx): Promise<void> => {
        const [row] = await tx.query<{ sum: number }>(
          `select sum(cents)::int8 as sum from account where id in ('skewed', 'twin')`,
        )
        if ((row?.sum ?? 0) >= 2) tx.write(`update account set cents = cents - 1 where id = $1`, [from])
      }
      const how = { isolation: 'serializable', retries: 50 } as const
      await Promise.all([
        db.transaction(async (tx) => await take('skewed', tx), how),
        other.transaction(async (tx) => await take('twin', tx), how),
      ])
      expect(await one(`select sum(cents)::int8 as v from account where id in ('skewed', 'twin')`)).toBe(1)
    })

    it('tells those who wait for a commit once it stands, outside of it, and not of what was undone', async () => {
      const heard: string[] = []
      let later: Promise<unknown> | undefined
      await db.transaction(async (tx) => {
        tx.onCommit(() => {
          heard.push('first')
          later = db.query('select 1')
        })
        tx.onCommit(() => heard.push('second'))
        await tx.query('select 1')
        heard.push('work')
      })
      const undone = db.transaction(async (tx) => {
        tx.onCommit(() => heard.push('never'))
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      expect(heard).toEqual(['work', 'first', 'second'])
      await expect(later).resolves.toHaveLength(1)
    })

    it('refuses the database itself inside a transaction, also from a nested call, and allows it after', async () => {
      await expect(db.transaction(async () => await db.query('select 1'))).rejects.toMatchObject({ code: 'db-nested' })
      await expect(db.transaction(async () => await db.transaction(async () => 1))).rejects.toMatchObject({
        code: 'db-nested',
      })
      expect(await one('select 2 as v')).toBe(2)
    })

    it('loses no update of concurrent serialisable transactions', async () => {
      await db.query(`insert into account values ('shared', 0)`)
      const deposit = async (tx: Tx): Promise<void> => {
        const [row] = await tx.query<{ cents: number }>(`select cents from account where id = 'shared'`)
        await tx.query(`update account set cents = $1 where id = 'shared'`, [(row?.cents ?? 0) + 1])
      }
      const how = { isolation: 'serializable', retries: 50 } as const
      await Promise.all(Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? db : other).transaction(deposit, how)))
      expect(await one(`select cents as v from account where id = 'shared'`)).toBe(16)
    })

    it('gives up on serialisation after the agreed retries', async () => {
      let tries = 0
      const stubborn = db.transaction(
        async (tx) => {
          tries += 1
          await tx.script(`do $$ begin raise exception 'no' using errcode = '40001'; end $$`)
        },
        { retries: 2 },
      )
      await expect(stubborn).rejects.toSatisfy((error: unknown) => isDbFailure(error, 'db-serialization'))
      expect(tries).toBe(3)
    })
  })
}
