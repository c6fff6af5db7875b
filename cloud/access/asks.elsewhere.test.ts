import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { days } from '@holdfast/core/values/instants.ts'
import { emptyPeople } from '../people/people.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import { cabinet, id, place, type Scene, sceneOn } from './access.testing.ts'
import { elsewhereLimit } from './asks.ts'

const beside = { ...place, cabinet: id('cabinet', 2), name: 'Gate 3 left' }
const right = '123456785'

describe.each(await testEngines())('a code typed at the wrong cabinet, on $name', (engine) => {
  let db: Db
  let scene: Scene
  let looked: { readonly at: readonly string[]; readonly code: string }[]
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    scene = sceneOn(db)
    looked = []
    scene.town.besides = [beside]
    scene.town.opensAt = async (at, code) => {
      looked.push({ at, code })
      return code === right ? at[0] : undefined
    }
  })
  const typed = async (code: string, at = cabinet) => await scene.ask('elsewhere', { code }, at)

  it('is told where it is right, by the name on that cabinet', async () => {
    expect(await typed(right)).toEqual({ cabinetName: 'Gate 3 left' })
    expect(looked).toEqual([{ at: [beside.cabinet], code: right }])
  })

  it('is told how to find that cabinet where anybody wrote it down', async () => {
    const directions = '20 m left of the entrance'
    scene.town.besides = [{ ...beside, way: { directions, addressAlias: 'Locker 12' } }]
    expect(await typed(right)).toEqual({ cabinetName: 'Gate 3 left', directions })
  })

  it('tells nothing of a code that is right nowhere, and nothing where no other cabinet stands', async () => {
    expect(await typed('123456798')).toEqual({})
    expect(await typed(right, id('cabinet', 9))).toEqual({})
  })

  it('tells nothing more once a cabinet has asked as often as its keypad lets codes through', async () => {
    for (let n = 0; n < elsewhereLimit; n += 1) expect(await typed(right)).toHaveProperty('cabinetName')
    expect(await typed(right)).toEqual({})
    expect(looked).toHaveLength(elsewhereLimit)
    scene.clock.advance(days(1))
    expect(await typed(right)).toHaveProperty('cabinetName')
  })

  it.each([[undefined], [{}], [{ code: '12345678' }], [{ code: 'abcdefghi' }], [{ code: right, cabinet }]])(
    'reads %j as no code',
    async (plain) => {
      expect(await scene.ask('elsewhere', plain)).toEqual({ refusal: 'ask-unreadable' })
      expect(looked).toEqual([])
    },
  )
})
