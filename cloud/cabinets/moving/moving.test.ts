import { Value } from 'typebox/value'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { enrolReply } from '@holdfast/wire/http/cabinets.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { type Scene, openScene } from '../cabinets.scene.ts'
import {
  type ScriptedCabinet,
  depositEvents,
  eventually,
  scriptCabinet,
  testId,
  testLayout,
  testOperator,
} from '../cabinets.testing.ts'
import { cabinetTopics } from '../facts.ts'
import { type Moving, createMoving } from './moving.ts'

const staff = testId('staff', 1)
const place = {
  siteName: 'South Gate',
  address: '9 Quay Road',
  zone: 'Asia/Seoul',
  retentionHours: 48,
  complaintPhone: '0571-7654321',
  hours: 'daily 07:00 to 22:00',
  reason: 'The house is being rebuilt',
}
const at = runningMs(0)
let installed = 0

describe.each(await testEngines())('a cabinet that moves house, on $name', (engine) => {
  let db: Db
  let scene: Scene
  let moving: Moving
  let cabinet: ScriptedCabinet
  let id: CabinetId
  let told: CabinetId[]
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    scene = await openScene(db)
    told = []
    const settingsChanged = async (_tx: unknown, moved: CabinetId): Promise<void> => void told.push(moved)
    moving = createMoving({ ...scene.ports, claimHours: 72, settingsChanged })
    installed += 1
    cabinet = await scene.install(100 + installed)
    id = cabinet.enrolled.cabinet as CabinetId
  })
  afterEach(async () => await scene.close())
  const operator = testOperator(1)
  const deposit = testId('deposit', 1)
  const store = async (): Promise<void> => {
    const layout = testLayout(4, 100 + installed)
    const [door] = layout.compartments
    cabinet.write({ type: 'cabinetStarted', boot: 1, at }, { type: 'layoutTaken', layout, at })
    if (door !== undefined) cabinet.write(...depositEvents(1, door.id, { carrier: testId('carrier', 1) }))
    await cabinet.sendFacts()
    await eventually(async () => (await scene.cabinets.deposit({ cabinet: id, deposit })) !== undefined)
  }

  it('stands at its new place from now on, with the old one kept, and tells all who must know', async () => {
    scene.clock.advance(5_000 as never)
    expect(await moving.place({ operator, cabinet: id, staff }, place)).toEqual({ ok: true, value: undefined })
    expect(await moving.placements(operator, id)).toMatchObject([
      { siteName: 'South Gate', until: null, hours: place.hours, reason: place.reason },
      { until: scene.clock.now() },
    ])
    expect((await scene.cabinets.places([id])).get(id)).toMatchObject({ address: '9 Quay Road', retentionHours: 48 })
    expect(told).toEqual([id])
    const news = await db.query('select key from outbox where topic = $1 and key = $2', [cabinetTopics.placed, id])
    expect(news).toHaveLength(1)
  })

  it('is found anew at its new place, and keeps how it was found at the old one', async () => {
    const way = { directions: '20 m left of the entrance', position: { latitude: 37.5, longitude: 127 } }
    scene.clock.advance(5_000 as never)
    await moving.place({ operator, cabinet: id, staff }, { ...place, ...way })
    scene.clock.advance(5_000 as never)
    await moving.place({ operator, cabinet: id, staff }, { ...place, addressAlias: 'Locker 12' })
    const [now, before] = await moving.placements(operator, id)
    expect(before).toMatchObject(way)
    expect(now).toMatchObject({ addressAlias: 'Locker 12' })
    expect(now).not.toHaveProperty('directions')
    expect((await scene.cabinets.places([id])).get(id)?.way).toEqual({ addressAlias: 'Locker 12' })
  })

  it.each([
    ['another site', { siteName: 'North' }, true],
    ['another address', { address: '10 Quay Road' }, true],
    ['another zone', { zone: 'Asia/Tokyo' }, true],
    ['other hours', { hours: 'daily 09:00 to 18:00' }, false],
    ['other terms', { retentionHours: 12 }, false],
    ['other directions', { directions: 'left', position: { latitude: 1, longitude: 2 } }, false],
  ])('says with %s whether it stands elsewhere', async (_, change, moved) => {
    scene.clock.advance(5_000 as never)
    await moving.place({ operator, cabinet: id, staff }, place)
    scene.clock.advance(5_000 as never)
    await moving.place({ operator, cabinet: id, staff }, { ...place, ...change })
    const news = await db.query<{ readonly payload: { readonly moved: boolean } }>(
      'select payload from outbox where topic = $1 and key = $2 order by tx, seq',
      [cabinetTopics.placed, id],
    )
    expect(news.map(({ payload }) => payload.moved)).toEqual([true, moved])
  })

  it('is not moved to a place whose hours nobody can count with', async () => {
    const unclear = { ...place, hours: 'ask the concierge' }
    const refused = { ok: false, refusal: 'hours-unreadable' }
    expect(await moving.place({ operator, cabinet: id, staff }, unclear)).toEqual(refused)
    expect(await moving.placements(operator, id)).toHaveLength(1)
  })

  it('is moved by its own operator alone (law 11)', async () => {
    const other = testOperator(2)
    const refused = { ok: false, refusal: 'cabinet-unknown' }
    expect(await moving.place({ operator: other, cabinet: id, staff }, place)).toEqual(refused)
    expect(await moving.claimTerminal({ operator: other, cabinet: id, staff }, { reason: 'x' })).toEqual(refused)
    expect(await moving.placements(other, id)).toEqual([])
  })

  it('gives a new terminal what the lost one was known to hold, once per token, the same again to the same key', async () => {
    await store()
    const claim = await moving.claimTerminal({ operator, cabinet: id, staff }, { reason: 'Disk died' })
    if (!claim.ok) throw new Error(claim.refusal)
    const key = scene.ports.seals.generate('p256')
    const enrolled = await scene.cabinets.enrol(claim.value.claimToken, key.publicKey)
    if (!enrolled.ok) throw new Error(enrolled.refusal)
    expect(Value.Check(enrolReply, enrolled.value)).toBe(true)
    expect(enrolled.value.incarnation).not.toBe(cabinet.enrolled.incarnation)
    const held = enrolled.value.rebuild?.flatMap(({ holds, epoch }) => (holds === null ? [] : [{ ...holds, epoch }]))
    expect(held).toMatchObject([{ id: deposit, stage: 'stored', generation: 0, epoch: 1 }])
    expect(await scene.cabinets.enrol(claim.value.claimToken, key.publicKey)).toEqual(enrolled)
    const thief = scene.ports.seals.generate('p256').publicKey
    expect(await scene.cabinets.enrol(claim.value.claimToken, thief)).toEqual({ ok: false, refusal: 'claim-used' })
  })

  it('hears the new terminal at once, nothing of the old one any more, and keeps the story of the deposit whole', async () => {
    await store()
    const claim = await moving.claimTerminal({ operator, cabinet: id, staff }, { reason: 'Disk died' })
    if (!claim.ok) throw new Error(claim.refusal)
    const key = scene.ports.seals.generate('p256')
    const enrolled = await scene.cabinets.enrol(claim.value.claimToken, key.publicKey)
    if (!enrolled.ok) throw new Error(enrolled.refusal)
    scene.clock.advance(5_000 as never)
    const fresh = await scriptCabinet({ seals: scene.ports.seals, link: scene.broker.link(), key }, enrolled.value)
    const layout = testLayout(4, 100 + installed)
    const rebuilt = enrolled.value.rebuild?.map((one) => ({ type: 'compartmentRebuilt', ...one, at })) ?? []
    fresh.write({ type: 'cabinetStarted', boot: 1, at }, { type: 'layoutTaken', layout, at }, ...(rebuilt as never[]))
    await eventually(async () => {
      await fresh.sendFacts()
      return (await scene.cabinets.view(operator, id))?.watermark === 2 + rebuilt.length
    })
    const view = await scene.cabinets.view(operator, id)
    expect(view?.compartments.map(({ use }) => use)).toEqual(['loaded', 'suspect', 'suspect', 'suspect'])
    expect(await scene.cabinets.deposit({ cabinet: id, deposit })).toMatchObject({ stage: 'stored', epoch: 1 })
    const story = await scene.cabinets.story(operator, { cabinet: id, deposit })
    const types = story.map(({ type }) => type)
    expect([types[0], types.at(-1)]).toEqual(['compartmentHeld', 'compartmentRebuilt'])
    expect(types).toContain('depositMade')
    cabinet.write({ type: 'cabinetStarted', boot: 2, at })
    await cabinet.sendFacts()
    expect((await scene.cabinets.view(operator, id))?.incarnation).toBe(enrolled.value.incarnation)
  })

  it('takes more doors with a new terminal, and never fewer or other ones', async () => {
    const claim = async (layout: ReturnType<typeof testLayout>) =>
      await moving.claimTerminal({ operator, cabinet: id, staff }, { reason: 'Grows', layout: layout as never })
    const now = testLayout(4, 100 + installed)
    const grown = { ...testLayout(6, 100 + installed), version: now.version + 1 }
    const fewer = { ...testLayout(3, 100 + installed), version: now.version + 1 }
    expect(await claim(fewer)).toEqual({ ok: false, refusal: 'layout-unsound' })
    expect(await claim({ ...grown, version: now.version })).toEqual({ ok: false, refusal: 'layout-unsound' })
    const made = await claim(grown)
    if (!made.ok) throw new Error(made.refusal)
    const enrolled = await scene.cabinets.enrol(made.value.claimToken, scene.ports.seals.generate('p256').publicKey)
    expect(enrolled.ok && enrolled.value.layout.compartments).toHaveLength(6)
  })
})
