import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import { openScene, type Scene } from '../cabinets.scene.ts'
import { testLayout, testOperator, testRequest } from '../cabinets.testing.ts'

let sites = 0

describe.each(await testEngines())('the cabinets beside one, on $name', (engine) => {
  let db: Db
  let scene: Scene
  let layouts = 700
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    scene = await openScene(db)
    sites += 1
  })
  afterEach(async () => await scene.close())

  /** On a site of this test's own, but for what the test changes. */
  const build = async (name: string, change: object = {}, operator = testOperator(1)) => {
    layouts += 1
    const request = { ...testRequest(testLayout(2, layouts), name), siteName: `Site ${sites}`, ...change }
    const made = await scene.cabinets.create(operator, request)
    if (!made.ok) throw new Error(made.refusal)
    return made.value.cabinet
  }
  const beside = async (cabinet: Awaited<ReturnType<typeof build>>) =>
    (await scene.cabinets.besides(cabinet)).map(({ name }) => name).toSorted()

  it('are those of the same operator, site and address, without itself', async () => {
    const [first, second] = [await build('Left'), await build('Middle')]
    await build('Right')
    expect(await beside(first)).toEqual(['Middle', 'Right'])
    expect(await beside(second)).toEqual(['Left', 'Right'])
  })

  it('share one row of their site, also where one comes there later', async () => {
    const [first, second] = [await build('Left'), await build('Right')]
    const sites = await db.query('select distinct site from placement where cabinet = any($1::uuid[])', [
      [first, second].map(idToUuid),
    ])
    expect(sites).toHaveLength(1)
  })

  it('are none of another address, of a site of the same name, or of another operator (law 11)', async () => {
    const first = await build('Left')
    await build('Across town', { address: '7 Far Road' })
    await build('Next door', { siteName: `Site ${sites} B` })
    await build('A rival’s', {}, testOperator(2))
    expect(await beside(first)).toEqual([])
  })

  it('are none of a cabinet that does not exist', async () => {
    const cabinet = await build('Alone')
    expect(await beside(cabinet)).toEqual([])
    expect(await scene.cabinets.besides('cab_01jd0000000000000000000001' as typeof cabinet)).toEqual([])
  })
})

describe.each(await testEngines())('how a cabinet is found, on $name', (engine) => {
  let db: Db
  let scene: Scene
  let layouts = 800
  beforeAll(async () => {
    db = await engine.open()
    scene = await openScene(db)
  })
  afterAll(async () => {
    await scene.close()
    await db.close()
  })
  const position = { latitude: 30.27415, longitude: -120.155 }

  it.each([
    ['nothing', {}],
    ['the last steps', { directions: '20 m left of the entrance' }],
    ['a position', { position }],
    ['an alias', { addressAlias: 'Locker 12' }],
    ['everything', { directions: '大门左侧 20 米', addressAlias: 'Locker 12', position }],
  ])('is kept as it was written: %s', async (_, way) => {
    layouts += 1
    const made = await scene.cabinets.create(testOperator(1), { ...testRequest(testLayout(2, layouts)), ...way })
    if (!made.ok) throw new Error(made.refusal)
    const { cabinet } = made.value
    expect((await scene.cabinets.places([cabinet])).get(cabinet)?.way).toEqual(way)
  })
})

describe.each(await testEngines())('opening hours of a place, on $name', (engine) => {
  let db: Db
  let scene: Scene
  let layouts = 900
  beforeAll(async () => {
    db = await engine.open()
    scene = await openScene(db)
  })
  afterAll(async () => {
    await scene.close()
    await db.close()
  })
  const create = async (hours: object) => {
    layouts += 1
    return await scene.cabinets.create(testOperator(1), { ...testRequest(testLayout(2, layouts)), ...hours })
  }
  const openingOf = async (made: Awaited<ReturnType<typeof create>>) => {
    if (!made.ok) throw new Error(made.refusal)
    return (await scene.cabinets.places([made.value.cabinet])).get(made.value.cabinet)?.opening
  }

  it('are data from the day on which they are written', async () => {
    const opening = await openingOf(await create({ hours: '周一至周五 08:00-22:00；周六 9-13' }))
    const weekday = [{ from: 480, to: 1320 }]
    expect(opening).toEqual([weekday, weekday, weekday, weekday, weekday, [{ from: 540, to: 780 }], []])
  })

  it('may be left out: then nothing is known to be closed', async () => {
    expect(await openingOf(await create({}))).toBeNull()
  })

  it.each(['ask the concierge', 'closed', '08:00'])('are refused as %j', async (hours) => {
    expect(await create({ hours })).toEqual({ ok: false, refusal: 'hours-unreadable' })
  })

  it('of an older place in words of any kind count for nothing', async () => {
    const made = await create({})
    if (!made.ok) throw new Error(made.refusal)
    await db.query("update placement set hours_text = 'when the shop is open' where hours_text is null")
    expect(await openingOf(made)).toBeNull()
  })
})
