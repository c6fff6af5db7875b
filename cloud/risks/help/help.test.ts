import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Phone } from '@holdfast/core/parcel/phone.ts'
import { instant, minutes } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { testId, testKeys } from '../../cabinets/cabinets.testing.ts'
import { createThrottle } from '../../people/sign-in/throttle.ts'
import { createManualClock } from '../../platform/clock.ts'
import { silentLog } from '../../platform/log.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { cabinet, operator, other, type Watch, watchOn } from '../risks.testing.ts'
import type { AlertId } from '../store.postgres.ts'
import type { Asking } from './help.ts'

const [kim, lee] = [testId('person', 1), testId('person', 2)]
const phones = new Map([
  [kim, '+8613800000011'],
  [lee, '+8613900000012'],
])
const word = (alert: AlertId) => ({ alert, staff: testId('staff', 1), note: 'spoken' })
const seals = createNodeSeals()

describe.each(await testEngines())('help asked for by phone, on $name', (engine) => {
  let db: Db
  let watch: Watch
  let allowed: boolean
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    allowed = true
    watch = await watchOn(db, undefined, {
      allow: async () => allowed,
      phoneOf: async (person) => phones.get(person) as Phone | undefined,
    })
  })

  const ask = async (by: Partial<Asking> = {}) =>
    await watch.help.ask({ person: kim, asker: 'recipient', cabinet, what: 'call-back', ...by })
  const open = async () => await watch.risks.list(operator, 'open')
  const first = async (): Promise<AlertId> => {
    const [alert] = await open()
    if (alert === undefined) throw new Error('no alert is open')
    return alert.id as AlertId
  }

  it('is one alert a case, however often somebody presses', async () => {
    for (let press = 0; press < 3; press += 1) expect(await ask()).toEqual({ ok: true, value: undefined })
    expect(await open()).toMatchObject([{ kind: 'help-asked', asker: 'recipient', door: null, acknowledgedAt: null }])
  })

  it('is a case of its own for each person, and for each kind of trouble', async () => {
    await ask()
    await ask({ person: lee, asker: 'courier' })
    await ask({ what: 'shut-in' })
    const told = (await open()).map(({ kind, asker }) => `${kind} by a ${asker ?? '?'}`)
    expect(told.toSorted()).toEqual([
      'help-asked by a courier',
      'help-asked by a recipient',
      'shut-in-told by a recipient',
    ])
  })

  it('shows no number in the list, and it to the operator’s own staff alone, for as long as it is open', async () => {
    await ask()
    const alert = await first()
    expect(JSON.stringify(await watch.risks.list(operator, 'all'))).not.toMatch(/13800000011|per_/)
    const no = { ok: false, refusal: 'alert-not-asked' }
    expect(await watch.help.asker(operator, alert)).toEqual({ ok: true, value: { phone: '+8613800000011' } })
    expect(await watch.help.asker(other, alert)).toEqual(no)
    await watch.help.settle(operator, word(alert))
    expect(await watch.help.asker(operator, alert)).toEqual(no)
    expect(await db.query('select from alert where person is not null')).toEqual([])
  })

  it('ends by the word of somebody who has spoken with him, and begins anew with the next press', async () => {
    await ask()
    const alert = await first()
    watch.clock.advance(minutes(4))
    const settled = await watch.help.settle(operator, word(alert))
    expect(settled).toMatchObject({ ok: true, value: { acknowledgedBy: 'Kim', endedAt: watch.clock.now() } })
    watch.clock.advance(minutes(4))
    expect(await watch.help.settle(operator, word(alert))).toEqual(settled)
    await ask()
    expect(await first()).not.toBe(alert)
  })

  it('is settled by its own operator alone, and no other alert is by this word', async () => {
    await ask()
    const refused = { ok: false, refusal: 'alert-not-asked' }
    expect(await watch.help.settle(other, word(await first()))).toEqual(refused)
    await watch.help.settle(operator, word(await first()))
    await watch.hear(['offline'])
    expect(await watch.help.settle(operator, word(await first()))).toEqual(refused)
    expect(await watch.open()).toEqual(['cabinet-offline'])
  })

  it('for somebody shut in ends with the emergency that it became at the cabinet, whoever told of it', async () => {
    await ask({ what: 'shut-in' })
    await ask({ what: 'shut-in', person: lee })
    await ask()
    await watch.hear([{ type: 'emergencyEnded', order: testId('order', 1), at: 1 as never }])
    expect(await watch.open()).toEqual(['help-asked'])
  })

  it('is refused at a cabinet that stands nowhere, and where somebody asks too often', async () => {
    expect(await ask({ cabinet: testId('cabinet', 9) })).toEqual({ ok: false, refusal: 'help-place-unknown' })
    allowed = false
    expect(await ask()).toEqual({ ok: false, refusal: 'help-too-often' })
    expect(await open()).toEqual([])
  })

  it('takes six calls back and thirty alarms an hour from one person', async () => {
    await db.query('truncate throttle')
    const clock = createManualClock(instant(1_700_000_000_000))
    const ports = { db, clock, seals, keys: testKeys(seals), log: silentLog }
    const { allow } = createThrottle(ports as never)
    watch = await watchOn(db, undefined, { allow, phoneOf: async () => undefined })
    const taken = async (what: Asking['what']): Promise<number> => {
      let n = 0
      while ((await ask({ what })).ok) n += 1
      return n
    }
    expect([await taken('call-back'), await taken('shut-in')]).toEqual([6, 30])
    clock.advance(minutes(60))
    expect((await ask()).ok).toBe(true)
  })
})
