import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { minutes, seconds, hours, durationMs } from '@holdfast/core/values/instants.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import type { Db } from '../../platform/postgres/db.ts'
import type { CodePurpose } from '../people.ts'
import { type Ground, emptyPeople, peopleOn, peoplePorts, phone } from '../people.testing.ts'
import { createPhones } from '../persons/phones.ts'
import { createCodes } from './code.ts'
import { codeLimits, forgetCodes } from './store.postgres.ts'

const kim = phone('+8613812345678')
const lee = phone('+8613912345678')
const wrong = { ok: false, refusal: 'sign-in-code-wrong' }

describe.each(await testEngines())('a code by message on $name', (engine) => {
  let db: Db
  let ground: Ground
  let codes: ReturnType<typeof createCodes>
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    await emptyPeople(db)
    ground = peopleOn(db)
    const ports = peoplePorts(ground)
    codes = createCodes(ports, createPhones(ports.seals, ports.keys.atRest, ports.config))
  })
  afterAll(async () => await db.close())

  const send = async (to = kim, purpose: CodePurpose = 'recipient') => await codes.send({ phone: to, purpose }, 'zh')
  const told = (): string => ground.codes.at(-1)?.code ?? ''
  const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const judge = async (code: string, to = kim, purpose: CodePurpose = 'recipient') =>
    await codes.judge({ phone: to, purpose, code })

  it('has six digits, opens once, and then never again', async () => {
    await send()
    expect(told()).toMatch(/^\d{6}$/)
    expect(await judge(told())).toEqual({ ok: true, value: { locale: null } })
    expect(await judge(told())).toEqual(wrong)
  })

  it('opens for one of two who type it at the same time', async () => {
    await send()
    const both = await Promise.all([judge(told()), judge(told())])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it.each([
    [4, true],
    [5, false],
  ])('after %i wrong tries the right one opens: %s', async (tries, opens) => {
    await send()
    for (let i = 0; i < tries; i += 1) expect(await judge(other(told()))).toEqual(wrong)
    expect((await judge(told())).ok).toBe(opens)
  })

  it('counts the tries of many who guess at once', async () => {
    await send()
    await Promise.all(Array.from({ length: 12 }, () => judge(other(told()))))
    const [row] = await db.query<{ tries: number }>('select tries from sign_in_code')
    expect(row?.tries).toBe(codeLimits.tries)
    expect(await judge(told())).toEqual(wrong)
  })

  it.each([
    [durationMs(codeLimits.life - 1), true],
    [codeLimits.life, false],
  ])('lives ten minutes: at %i ms it opens %s', async (age, opens) => {
    await send()
    ground.clock.advance(age)
    expect((await judge(told())).ok).toBe(opens)
  })

  it('is good for its phone and its purpose only', async () => {
    await send()
    const code = told()
    expect(await judge(code, lee)).toEqual(wrong)
    expect(await judge(code, kim, 'courier')).toEqual(wrong)
    expect((await judge(code)).ok).toBe(true)
  })

  it('is good for the cabinet it was asked at only', async () => {
    const [here, there] = ['cab_1', 'cab_2'] as unknown as readonly Parameters<typeof codes.send>[0]['cabinet'][]
    if (here === undefined || there === undefined) throw new Error('unreachable')
    await codes.send({ phone: kim, purpose: 'courier', cabinet: here }, 'zh')
    const proof = { phone: kim, purpose: 'courier', code: told() } as const
    expect(await codes.judge({ ...proof, cabinet: there })).toEqual(wrong)
    expect(await codes.judge(proof)).toEqual(wrong)
    expect((await codes.judge({ ...proof, cabinet: here })).ok).toBe(true)
  })

  it('can be looked at and kept, for a courier who has yet to choose his carrier', async () => {
    await send()
    const proof = { phone: kim, purpose: 'recipient', code: told(), keep: true } as const
    expect((await codes.judge(proof)).ok).toBe(true)
    expect((await codes.judge(proof)).ok).toBe(true)
    expect((await judge(told())).ok).toBe(true)
    expect((await codes.judge(proof)).ok).toBe(false)
  })

  it('takes the place of the one before, and gives back five tries', async () => {
    await send()
    const first = told()
    for (let i = 0; i < 4; i += 1) await judge(other(first))
    ground.clock.advance(minutes(1))
    await send()
    if (told() !== first) expect(await judge(first)).toEqual(wrong)
    for (let i = 0; i < 3; i += 1) expect(await judge(other(told()))).toEqual(wrong)
    expect((await judge(told())).ok).toBe(true)
  })

  it.each([
    [durationMs(codeLimits.resendAfter - 1), { ok: false, refusal: 'code-too-soon' }],
    [codeLimits.resendAfter, { ok: true, value: undefined }],
  ])('is sent again after a minute: after %i ms', async (pause, outcome) => {
    await send()
    ground.clock.advance(pause)
    expect(await send()).toEqual(outcome)
  })

  it('is sent once to one who presses twice', async () => {
    const both = await Promise.all([send(), send()])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(ground.codes).toHaveLength(1)
  })

  it('is sent five times a day to one phone, and to another all the same', async () => {
    for (let i = 0; i < codeLimits.aDay; i += 1) {
      expect((await send()).ok).toBe(true)
      ground.clock.advance(minutes(2))
    }
    expect(await send()).toEqual({ ok: false, refusal: 'codes-spent' })
    expect((await send(lee)).ok).toBe(true)
    expect((await send(kim, 'courier')).ok).toBe(true)
    ground.clock.advance(durationMs(hours(24) - codeLimits.aDay * minutes(2) - 1))
    expect(await send()).toEqual({ ok: false, refusal: 'codes-spent' })
    ground.clock.advance(durationMs(1))
    expect((await send()).ok).toBe(true)
  })

  it('stands nowhere as it was told, nor the phone it went to', async () => {
    await send()
    const rows = JSON.stringify(await db.query('select * from sign_in_code'))
    expect(rows).not.toContain(told())
    expect(rows).not.toContain(kim.slice(3))
    expect(ground.lines.join('\n')).not.toContain(told())
  })

  it('is forgotten a day after its end, and the day’s count not before', async () => {
    await send()
    const count = async () => (await db.query('select from sign_in_code')).length
    ground.clock.advance(durationMs(codeLimits.life + hours(24)))
    await forgetCodes(db, ground.clock.now())
    expect(await count()).toBe(1)
    ground.clock.advance(seconds(1))
    await forgetCodes(db, ground.clock.now())
    expect(await count()).toBe(0)
  })

  it('tells the language that it was asked in', async () => {
    await codes.send({ phone: kim, purpose: 'recipient', locale: 'ko' }, 'zh')
    expect(ground.codes.at(-1)).toMatchObject({ locale: 'ko', minutes: 10 })
    expect(await judge(told())).toEqual({ ok: true, value: { locale: 'ko' } })
    ground.clock.advance(minutes(2))
    await send()
    expect(ground.codes.at(-1)?.locale).toBe('zh')
  })
})
