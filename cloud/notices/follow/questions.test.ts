import { describe, expect, it } from 'vitest'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { cabinet, id, news, place, sceneOn } from '../notices.testing.ts'

const asked = (sequence = 1) => news({ type: 'consent-asked', deposit: null, sequence })
const other = { ...place, cabinet: id('cabinet', 2), name: 'South Gate' }
const here = { latitude: 30.2741, longitude: 120.1551 }
const there = { latitude: 30.2759, longitude: 120.1551 }

describe.each(await testEngines())('the question for consent, on $name', (engine) => {
  const scene = sceneOn(engine)
  const said = async (question: object, locale = 'en') => {
    const { town } = scene.ground
    const whole = { about: cabinet, at: 0 as never, number: 2, insteadOf: other.cabinet, silent: [], ...question }
    if (town.recipient !== undefined) town.recipient = { ...town.recipient, locale, question: whole }
    await scene.hear(asked())
    return scene.texts()
  }

  it.each([
    ['zh', ['相距约 200 米', '同意 2']],
    ['en', ['200 m from there', 'Y 2']],
    ['ko', ['약 200m', '동의 2']],
    ['vi', ['200 m', 'Đồng ý 2']],
  ] as const)('says in %s which cabinet it is instead of and how far from there', async (locale, words) => {
    scene.ground.town.way = { position: here, directions: 'left of the gate' }
    scene.ground.town.other = { ...other, way: { position: there } }
    const [text = '', ...more] = await said({}, locale)
    for (const each of ['South Gate', place.name, `${place.address}, left of the gate`, ...words])
      expect(text).toContain(each)
    expect(more).toEqual([])
  })

  it('leaves the distance out where either stands on no map', async () => {
    scene.ground.town.other = { ...other, way: { position: there } }
    const [text = ''] = await said({})
    expect(text).toContain('was to go to South Gate')
    expect(text).not.toMatch(/\d+ m /u)
  })

  it('names no other cabinet where the parcel was to go nowhere before, or that one is gone', async () => {
    const [first = ''] = await said({ number: 1, insteadOf: null })
    const [second = ''] = await said({})
    for (const text of [first, second]) {
      expect(text).toContain('Reply Y to accept')
      expect(text).not.toContain('South Gate')
    }
  })

  it('is not put any more where another one was put meanwhile', async () => {
    scene.ground.town.other = other
    expect(await said({ about: other.cabinet, insteadOf: cabinet, number: 3 })).toEqual([])
  })
})
