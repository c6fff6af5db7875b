import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dice, fuzz } from '@holdfast/core/fuzz/fuzz.testing.ts'
import type { Injected } from '../../platform/http/http.ts'
import type { Method } from '../../platform/http/route.ts'
import { methodOf, rows } from '../routes.testing.ts'
import { openWorld, type World } from '../world.testing.ts'
import { codeIn } from '../town.testing.ts'
import { type Asked, askedOf, operationsOf, type Operation } from './http.testing.ts'

const page = readFileSync(new URL('../../../docs/protocol/codes.md', import.meta.url), 'utf8')
const documented = new Set([...page.matchAll(/^\|\s*`([^`]+)`\s*\|/gm)].map(([, code]) => code))
/** They end the very session that the others need. */
const left = (name: string): boolean => name.endsWith('/sign-out')

type Call = (asked: Asked & { readonly method: Method }) => Promise<Injected>

describe('every route of the OpenAPI document, with bodies from its schema and bent ones', () => {
  let world: World
  let operations: readonly [Operation, ...Operation[]]
  const answered = new Map<number, number>()
  beforeAll(async () => {
    world = await openWorld()
    const found: Operation[] = []
    for (const operation of operationsOf(world.town.http.openapi())) {
      const row = rows[operation.name]
      if (row === undefined || row.stream === true || left(operation.name)) continue
      const headers = row.kind === 'public' ? {} : world.callers[row.kind][0]
      found.push({ ...operation, ...(await row.make(world)), headers })
    }
    const [first, ...rest] = found
    if (first === undefined) throw new Error('the document names no route')
    operations = [first, ...rest]
  })
  afterAll(async () => await world.town.close())

  const target = (call: Call) => ({
    name: 'HTTP',
    kept: operations.flatMap(({ name, url, headers }): readonly Asked[] => [
      { name, url, headers, body: '{"a":'.repeat(20_000) },
      { name, url, headers, body: '{"__proto__":{"role":"manager"}}' },
      { name, url: `${url}?${'a=1&'.repeat(500)}`, headers },
      { name, url: `${url}/%ff%00%2e%2e`, headers },
    ]),
    fresh: 900,
    hungAfterMs: 100,
    make: (dice: Dice) => askedOf(dice, dice.pick(operations)),
    judge: async (asked: Asked) => {
      const reply = await call({ ...asked, method: methodOf(asked.name) })
      answered.set(reply.status, (answered.get(reply.status) ?? 0) + 1)
      if (reply.status >= 500) throw new Error(`${asked.name} answered ${codeIn(reply)}`)
      const code = codeIn(reply).split(' ')[1]
      if (reply.status >= 400 && !documented.has(code)) throw new Error(`${asked.name} said ${codeIn(reply)}`)
    },
  })
  const real: Call = async (asked) => await world.town.http.inject(asked)

  it('answers with a documented code or a success, never with a 5xx', async () => {
    expect(operations.length).toBeGreaterThan(80)
    await fuzz(target(real))
    // Not all of it at the front door: most is judged behind the gate, and some of it is good.
    const of = (least: number, most: number): number =>
      [...answered].filter(([status]) => status >= least && status < most).reduce((sum, [, count]) => sum + count, 0)
    const all = of(0, 600)
    expect(of(200, 300)).toBeGreaterThan(all / 50)
    expect(answered.get(401) ?? 0).toBeLessThan(all / 4)
  })

  it.each([
    ['a 500', { status: 500, headers: {}, body: '{"error":{"code":"internal-error"}}' }, 'answered 500'],
    ['a code that nobody documented', { status: 409, headers: {}, body: '{"error":{"code":"oops"}}' }, 'said 409 oops'],
  ])('finds a route that answers a long word with %s', async (_, reply, found) => {
    const broken: Call = async (asked) => (asked.body?.includes('xxxxxxxx') === true ? reply : await real(asked))
    await expect(fuzz(target(broken))).rejects.toThrow(found)
  })
})
