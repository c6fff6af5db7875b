import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CompartmentPlan } from '@holdfast/core/cabinet/layout.ts'
import { durationMs, hours } from '@holdfast/core/values/instants.ts'
import { shardCount } from '@holdfast/wire/cabinet/topics.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { type Scene, openScene } from '../cabinets.scene.ts'
import { emptyCabinets, testId, testLayout, testOperator, testRequest } from '../cabinets.testing.ts'
import { shardFor } from './registry.ts'

const layout = testLayout(3, 1)
const change = (at: number, more: Partial<CompartmentPlan>) => ({
  ...layout,
  compartments: layout.compartments.map((plan, i) => (i === at ? { ...plan, ...more } : plan)),
})
const [first] = layout.compartments
if (first === undefined) throw new Error('no door')
const unsound = { ok: false, refusal: 'layout-unsound' }

describe.each(await testEngines())('a cabinet that is set up on $name', (engine) => {
  let db: Db
  let scene: Scene
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await db.query(emptyCabinets)
    scene = await openScene(db)
  })
  afterEach(async () => await scene.close())
  afterAll(async () => await db.close())

  const create = async (of = layout, operator = 1) =>
    await scene.cabinets.create(testOperator(operator), testRequest(of))
  const key = (): string => scene.ports.seals.generate('p256').publicKey
  const claimed = async () => {
    const made = await create()
    if (!made.ok) throw new Error(made.refusal)
    return made.value
  }

  it.each([
    ['no door at all', { ...layout, compartments: [] }],
    ['two doors of one id', change(1, { id: first.id })],
    ['two doors of one label', change(1, { label: first.label })],
    ['two doors on one lock', change(1, { lock: first.lock })],
    ['a door in a body that is not there', change(1, { body: 1 })],
  ])('is refused with %s, and leaves nothing behind', async (_, of) => {
    expect(await create(of)).toEqual(unsound)
    expect(await scene.cabinets.list(testOperator(1))).toEqual([])
    expect(await db.query('select from cabinet_claim')).toHaveLength(0)
  })

  it.each([
    ['the same channel of another board', change(1, { lock: { ...first.lock, board: 2 } })],
    ['the same address on another line', change(1, { lock: { ...first.lock, line: 'two' } })],
  ])('may have a lock at %s', async (_, of) => {
    expect((await create(of)).ok).toBe(true)
  })

  it.each([
    [durationMs(hours(72) - 1), true],
    [hours(72), { ok: false, refusal: 'claim-expired' }],
  ])('is claimed within three days: after %i ms', async (age, outcome) => {
    const { claimToken } = await claimed()
    scene.clock.advance(age)
    const enrolled = await scene.cabinets.enrol(claimToken, key())
    expect(enrolled.ok ? true : enrolled).toEqual(outcome)
  })

  it('belongs to one of two terminals that claim it at once', async () => {
    const { claimToken } = await claimed()
    const both = await Promise.all([scene.cabinets.enrol(claimToken, key()), scene.cabinets.enrol(claimToken, key())])
    expect(both.map((each) => (each.ok ? 'in' : each.refusal)).toSorted()).toEqual(['claim-used', 'in'])
    expect(await db.query('select from cabinet_journal')).toHaveLength(1)
  })

  it.each(['', 'no key', 'p256:', 'p256:AAAA', 'ed25519:AAAA'])(
    'takes no key “%s”, and keeps its claim',
    async (bad) => {
      const { claimToken } = await claimed()
      expect(await scene.cabinets.enrol(claimToken, bad)).toEqual({ ok: false, refusal: 'key-unfit' })
      expect((await scene.cabinets.enrol(claimToken, key())).ok).toBe(true)
    },
  )

  it('keeps neither token nor password, only what proves them', async () => {
    const { claimToken } = await claimed()
    const enrolled = await scene.cabinets.enrol(claimToken, key())
    if (!enrolled.ok) throw new Error(enrolled.refusal)
    const rows = JSON.stringify([
      await db.query('select * from cabinet'),
      await db.query('select * from cabinet_claim'),
    ])
    expect(rows).not.toContain(claimToken)
    expect(rows).not.toContain(enrolled.value.mqtt.password)
  })

  it('connects to the broker by its own name and password alone', async () => {
    const reply = async () => {
      const { claimToken } = await claimed()
      const enrolled = await scene.cabinets.enrol(claimToken, key())
      if (!enrolled.ok) throw new Error(enrolled.refusal)
      return enrolled.value.mqtt
    }
    const one = await reply()
    await db.query('delete from placement')
    const two = await scene.cabinets.create(testOperator(2), testRequest(testLayout(1, 2)), {
      cabinet: testId('cabinet', 2),
    })
    expect(await scene.cabinets.mayConnect(one.username, one.password)).toMatchObject({ cabinet: one.username })
    const strangers = [
      [two.ok ? two.value.cabinet : '', one.password],
      [one.username, ''],
      [one.username, one.password.slice(1)],
      ['', one.password],
      ["x' or 'a' = 'a", one.password],
      [testId('cabinet', 99), one.password],
    ] as const
    for (const [name, password] of strangers) expect(await scene.cabinets.mayConnect(name, password)).toBeUndefined()
  })

  it('is shown to its own house alone (law 11)', async () => {
    const { cabinet } = await claimed()
    const [own, others] = [testOperator(1), testOperator(2)]
    expect(await scene.cabinets.list(own)).toHaveLength(1)
    expect(await scene.cabinets.list(others)).toEqual([])
    expect(await scene.cabinets.summaries(others, [cabinet])).toEqual([])
    expect(await scene.cabinets.view(others, cabinet)).toBeUndefined()
    expect(await scene.cabinets.summaries(own, [cabinet])).toHaveLength(1)
  })

  it('is found by place however often it is asked for, and a stranger is left out', async () => {
    const { cabinet } = await claimed()
    const places = await scene.cabinets.places([cabinet, cabinet, testId('cabinet', 77)])
    expect([...places.keys()]).toEqual([cabinet])
    expect(places.get(cabinet)).toMatchObject({ siteName: 'Sunny Court', retentionHours: 48, screenDead: false })
    expect(await scene.cabinets.places([])).toEqual(new Map())
  })

  it('lies in one of 1024 shards, by its id alone', () => {
    const shards = Array.from({ length: 500 }, (_, n) => shardFor(scene.ports.seals, testId('cabinet', n)))
    expect(shards.every((shard) => Number.isInteger(shard) && shard >= 0 && shard < shardCount)).toBe(true)
    expect(new Set(shards).size).toBeGreaterThan(300)
    expect(shards[7]).toBe(shardFor(scene.ports.seals, testId('cabinet', 7)))
  })
})
