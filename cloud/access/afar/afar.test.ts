import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyPeople, httpOf } from '../../people/people.testing.ts'
import type { Http } from '../../platform/http/http.ts'
import type { Db } from '../../platform/postgres/db.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { accessLimits } from '../limits.ts'
import { cabinet, compartment, deposit, nonce, phonesAt, sceneOn, wang } from '../access.testing.ts'

describe.each(await testEngines())('a pickup from the phone on $name', (engine) => {
  let db: Db
  let scene: ReturnType<typeof sceneOn>
  let http: Http
  beforeAll(async () => {
    db = await engine.open()
  })
  afterAll(async () => await db.close())
  beforeEach(async () => {
    await emptyPeople(db)
    await db.query('truncate access_screen')
    scene = sceneOn(db)
    http = await httpOf(scene, [...scene.access.routes, ...scene.people.routes])
  })
  afterEach(async () => await http.stop())

  const { enter, hired, post } = phonesAt(() => ({ scene, http }))
  const atKiosk = { cabinet, nonce }

  it('opens from the phone where the screen is dead, and follows the door for whoever asked', async () => {
    const [lis, wangs] = [await enter('recipient'), await enter('recipient', wang)]
    const wish = { cabinet, deposit }
    const open = async (cookie: string) => await post('/v1/recipient/pickups', wish, cookie)
    const follow = async (cookie: string, order: string) => {
      const answer = await http.inject({
        method: 'GET',
        url: `/v1/recipient/pickups/${cabinet}/${order}`,
        headers: { cookie },
      })
      return [answer.status, JSON.parse(answer.body)]
    }
    expect((await open(lis)).body.error.code).toBe('screen-works')
    scene.town.screenDead = true
    expect((await open(wangs)).body.error.code).toBe('nothing-waiting')
    const { status, body } = await open(lis)
    expect([status, body.door]).toEqual([202, { compartment, label: 'A07', size: 'M' }])
    expect(scene.town.picked).toMatchObject([{ cabinet, deposit, compartment, epoch: 5 }])
    expect(await follow(lis, body.order)).toEqual([200, { state: 'taken', refusal: null, door: 'open' }])
    expect((await follow(wangs, body.order))[0]).toBe(404)
    scene.town.online = false
    expect((await open(lis)).body.error.code).toBe('cabinet-not-reached')
  })

  it.each([
    ['asked', 'asked'],
    ['sent', 'asked'],
    ['accepted', 'taken'],
    ['done', 'taken'],
    ['opened', 'taken'],
    ['not-opened', 'taken'],
    ['unknown', 'taken'],
    ['refused', 'refused'],
    ['unanswered', 'unanswered'],
  ] as const)('says of an opening from the phone that is %s: %s', async (state, said) => {
    const lis = await enter('recipient')
    scene.town.screenDead = true
    const { body } = await post('/v1/recipient/pickups', { cabinet, deposit }, lis)
    scene.town.followed = { state, refusal: state === 'refused' ? 'order-session-open' : null, door: 'shut' }
    const url = `/v1/recipient/pickups/${cabinet}/${body.order}`
    const answer = JSON.parse((await http.inject({ method: 'GET', url, headers: { cookie: lis } })).body)
    expect(answer).toEqual({ state: said, refusal: state === 'refused' ? 'order-session-open' : null, door: 'shut' })
  })

  it('marks the cabinet as one with a dead screen for recipients and couriers alike', async () => {
    scene.town.screenDead = true
    const { cookie } = await hired()
    const [theirs, his] = await Promise.all([
      post('/v1/recipient/kiosk-scans', atKiosk, await enter('recipient')),
      post('/v1/courier/kiosk-scans', atKiosk, cookie),
    ])
    expect([theirs.body.place.screenDead, his.body.place.screenDead]).toEqual([true, true])
  })

  it('lets nobody open doors from afar as fast as they can tap', async () => {
    const lis = await enter('recipient')
    scene.town.screenDead = true
    const all: number[] = []
    for (let n = 0; n <= accessLimits['pickup-from-afar']; n += 1)
      all.push((await post('/v1/recipient/pickups', { cabinet, deposit }, lis)).status)
    expect(all.slice(-2)).toEqual([202, 429])
  })
})
