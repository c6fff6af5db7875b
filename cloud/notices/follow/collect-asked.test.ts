import { describe, expect, it } from 'vitest'
import { hours } from '@holdfast/core/values/instants.ts'
import type { ParcelNews } from '../../parcels/events.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { down, id, news, sceneOn } from '../notices.testing.ts'

const asked = (given: Partial<ParcelNews> = {}) => news({ type: 'collect-asked', sequence: 3, ...given })

describe.each(await testEngines())('“please collect”, on $name', (engine) => {
  const scene = sceneOn(engine)

  it.each([
    ['zh', '快满了'],
    ['en', 'nearly full'],
    ['ko', '거의 찼'],
    ['vi', 'sắp đầy'],
  ] as const)('is said in %s with the door and the code', async (locale, said) => {
    const { town } = scene.ground
    if (town.recipient !== undefined) town.recipient = { ...town.recipient, locale }
    await scene.hear(asked())
    const [text = '', ...more] = scene.texts()
    for (const each of [said, 'A07', '012 345 678']) expect(text).toContain(each)
    expect(more).toEqual([])
  })

  it('is said once for a door, however many parcels lie behind it, and once more another day', async () => {
    await scene.hear(asked(), asked(), asked({ parcel: id('parcel', 2), sequence: 9 }))
    expect(scene.texts()).toHaveLength(1)
    scene.ground.clock.advance(hours(24))
    await scene.hear(asked({ sequence: 4, at: scene.ground.clock.now() }))
    expect(scene.texts()).toHaveLength(2)
  })

  it('is not said where no code opens any more', async () => {
    scene.ground.town.code = undefined
    await scene.hear(asked())
    expect(scene.texts()).toEqual([])
  })

  it.each(['collected', 'not-mine', 'recalled'] as const)('is taken back on its way by "%s"', async (type) => {
    scene.ground.sms.says(down)
    await scene.hear(asked())
    await scene.hear(news({ type, sequence: 4 }))
    const [row] = await scene.db.query<{ state: string }>(`select state from message where template = 'please-collect'`)
    expect(row?.state).toBe('skipped')
  })

  it('goes to nobody hours later, when there may be room again', async () => {
    scene.ground.sms.says(down)
    await scene.hear(asked())
    const before = scene.texts().length
    scene.ground.sms.says(() => ({ outcome: 'sent' }))
    scene.ground.clock.advance(hours(3))
    await scene.settle()
    expect(scene.texts()).toHaveLength(before)
  })
})
