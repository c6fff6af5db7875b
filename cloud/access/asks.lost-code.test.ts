import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hours, minutes } from '@holdfast/core/values/instants.ts'
import { emptyPeople } from '../people/people.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import { cabinet, id, li, type Scene, sceneOn, wang } from './access.testing.ts'
import { kioskLimits, lostCodeLimits } from './asks.ts'

const later = { refusal: 'too-many-scans' }

describe.each(await testEngines())('a code lost before a kiosk, on $name', (engine) => {
  let db: Db
  let scene: Scene
  let told: string[]
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    scene = sceneOn(db)
    told = []
    scene.town.resend = async (at, phone) => told.push(`${at} ${phone}`)
  })
  const lost = async (phone: string, at = cabinet) => await scene.ask('lost-code', { phone }, at)

  it('is told to the phone, for what waits at that very cabinet', async () => {
    expect(await lost(li)).toEqual({})
    expect(told).toEqual([`${cabinet} ${li}`])
  })

  it('answers alike, and as soon, whether anything waits, nothing does or the telling fails', async () => {
    const answers: unknown[] = []
    for (const [n, resend] of [
      async () => 1,
      async () => 0,
      async () => await Promise.reject(new Error('the database went')),
      // Never comes back: whoever measures the answer learns nothing of how much was looked up.
      async () => await new Promise<number>(() => undefined),
    ].entries()) {
      scene.town.resend = resend
      answers.push(await lost(`+861381234567${n}`))
    }
    expect(answers).toEqual([{}, {}, {}, {}])
  })

  it('rings one phone once a minute and five times a day, from whichever kiosk', async () => {
    const other = id('cabinet', 7)
    expect([await lost(li), await lost(li, other), await lost(wang, other)]).toEqual([{}, later, {}])
    for (let n = 2; n < lostCodeLimits.times; n += 1) {
      scene.clock.advance(minutes(1))
      expect(await lost(li)).toEqual({})
    }
    scene.clock.advance(minutes(1))
    expect(await lost(li)).toEqual(later)
    scene.clock.advance(hours(24))
    expect(await lost(li)).toEqual({})
  })

  it('lets one kiosk ask so often and no more', async () => {
    for (let n = 0; n < lostCodeLimits.kiosk; n += 1) expect(await lost(`+8613812340${100 + n}`)).toEqual({})
    expect(await lost('+8613812340999')).toEqual(later)
    expect(await lost('+8613812340999', id('cabinet', 7))).toEqual({})
    scene.clock.advance(kioskLimits.window)
    expect(await lost('+8613812340998')).toEqual({})
  })

  it.each([[undefined], [null], [{}], [{ phone: '123' }], [{ phone: '+123' }], [{ phone: li, code: '123456' }], ['x']])(
    'takes %j for no phone, and tells nobody',
    async (plain) => {
      expect(await scene.ask('lost-code', plain)).toEqual({ refusal: 'phone-unreadable' })
      expect(told).toEqual([])
    },
  )
})
