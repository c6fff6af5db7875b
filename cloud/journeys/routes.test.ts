import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Row } from './routes.row.testing.ts'
import { methodOf, rows } from './routes.testing.ts'
import { openWorld, type World } from './world.testing.ts'
import { codeIn } from './town.testing.ts'

const audiences = ['carrier', 'staff', 'courier', 'recipient'] as const

describe('every declared route', () => {
  let world: World
  let calls = 0
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(async () => await world.town.close())

  const answer = async (name: string, row: Row, headers: Readonly<Record<string, string>>) => {
    calls += 1
    const { url, body } = await row.make(world)
    const key = name === 'POST /v1/parcels' ? { 'idempotency-key': `k${calls}` } : {}
    return await world.town.call(url, { method: methodOf(name), body, headers: { ...headers, ...key } })
  }

  it('has a row in the table of tenants', () => {
    const declared = world.town.http.routes.map(({ method, path }) => `${method} ${path}`)
    expect(Object.keys(rows).sort()).toEqual([...declared].sort())
  })

  it('declares the caller that the table says', () => {
    for (const { method, path, who } of world.town.http.routes)
      expect([path, typeof who === 'string' ? who : 'staff']).toEqual([path, rows[`${method} ${path}`]?.kind])
  })

  it.each(Object.entries(rows))('%s: nobody, a stranger and the wrong audience learn nothing', async (name, row) => {
    if (row.kind === 'public') return expect(codeIn(await answer(name, row, {}))).toBe(row.own)
    const refusal = row.kind === 'carrier' ? '401 api-key-invalid' : '401 not-signed-in'
    expect(codeIn(await answer(name, row, {}))).toBe(refusal)
    const forged = { cookie: `hf_${row.kind}=x; hf_operator=x`, authorization: 'Bearer hfk_x' }
    expect(codeIn(await answer(name, row, forged))).toBe(refusal)
    for (const other of audiences.filter((audience) => audience !== row.kind))
      expect(codeIn(await answer(name, row, world.callers[other][0]))).toBe(refusal)
  })

  it.each(Object.entries(rows))(
    '%s: the other tenant sees and moves nothing that is not its own (law 11)',
    async (name, row) => {
      if (row.kind === 'public' || row.stream === true || name.endsWith('/sign-out')) return
      const reply = await answer(name, row, world.callers[row.kind][1])
      expect(codeIn(reply)).toBe(row.other)
      if (row.other.startsWith('2') && methodOf(name) === 'GET') {
        for (const secret of [world.stored, world.deposit, world.alert, 'SF3000000000001', world.north.operator])
          expect(reply.body).not.toContain(secret)
      }
    },
  )

  it.each(Object.entries(rows))('%s: a viewer may look and nothing else', async (name, row) => {
    if (row.kind !== 'staff' || row.stream === true || name.endsWith('/sign-out')) return
    const reply = codeIn(await answer(name, row, world.viewer.headers))
    const looks = methodOf(name) === 'GET' && row.closedTo !== 'viewer'
    expect(reply).toBe(looks ? row.own : '403 role-missing')
  })

  it.each(Object.entries(rows))('%s: answers its owner', async (name, row) => {
    if (row.kind === 'public' || row.stream === true) return
    expect(codeIn(await answer(name, row, world.callers[row.kind][0]))).toBe(row.own)
  })

  it.each(Object.entries(rows))(
    '%s: a page of another site cannot call it with a person’s cookie',
    async (name, row) => {
      if (row.kind === 'public' || row.kind === 'carrier' || methodOf(name) === 'GET') return
      const headers = { ...world.callers[row.kind][1], origin: 'https://evil.example' }
      expect(codeIn(await answer(name, row, headers))).toBe('403 origin-refused')
    },
  )
})
