import { beforeEach, describe, expect, it } from 'vitest'
import { after, hours, instant } from '@holdfast/core/values/instants.ts'
import type { PlannedPause } from '../../cabinets/facts.ts'
import type { ParcelNews } from '../../parcels/events.ts'
import { start } from '../../people/people.testing.ts'
import { testEngines } from '../../platform/postgres/db.testing.ts'
import { channelOf, deposit, down, id, news, sceneOn } from '../notices.testing.ts'

const outage: PlannedPause = { id: id('outage', 1), from: after(start, hours(10)), to: after(start, hours(14)) }
const second: PlannedPause = { id: id('outage', 2), from: after(start, hours(12)), to: after(start, hours(20)) }
const planned = (of = outage, given: Partial<ParcelNews> = {}) =>
  news({ type: 'outage-planned', sequence: 3, outage: of, ...given })
const cancelled = (of = outage) => news({ type: 'outage-cancelled', sequence: 4, outage: of })

describe.each(await testEngines())('an outage that is said ahead, on $name', (engine) => {
  const scene = sceneOn(engine)
  beforeEach(() => scene.ground.town.outages.push(outage))

  it('is told with its times and the end of the free time, in the recipient’s language', async () => {
    await scene.hear(planned())
    const time = new Intl.DateTimeFormat('zh-CN', {
      timeZone: 'Asia/Shanghai',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    const [text = '', ...more] = scene.texts()
    for (const at of [outage.from, outage.to, instant(start + hours(24))]) expect(text).toContain(time.format(at))
    expect([more, text.includes('012')]).toEqual([[], false])
  })

  it('is told once for one door, however many parcels lie behind it and however often it is heard', async () => {
    await scene.hear(planned(), planned(), planned(outage, { parcel: id('parcel', 2) }))
    expect(scene.texts()).toHaveLength(1)
  })

  it('is told with the code to whoever gets a parcel put in later, and not again', async () => {
    await scene.hear(news())
    expect(scene.texts()).toHaveLength(2)
    await scene.hear(planned())
    expect(scene.texts()).toHaveLength(2)
  })

  it('is no matter of a parcel whose term ends before, nor of news that bring no parcel', async () => {
    const { town } = scene.ground
    if (town.recipient !== undefined) town.recipient = { ...town.recipient, dueAt: outage.from }
    await scene.hear(news())
    expect(scene.texts()).toHaveLength(1)
    await scene.hear(news({ type: 'code-resent', sequence: 5 }))
    expect(scene.texts()).toHaveLength(2)
  })

  it('is not told any more once it is called off or over', async () => {
    scene.ground.town.outages.length = 0
    await scene.hear(planned())
    expect(scene.texts()).toEqual([])
  })

  it('called off, is told so', async () => {
    await scene.hear(planned())
    scene.ground.town.outages.length = 0
    await scene.hear(planned(), cancelled(), cancelled())
    expect(scene.texts()).toHaveLength(2)
    expect(scene.texts()[1]).toContain('取消')
  })

  it('called off before its message went, takes that one back and no other', async () => {
    scene.ground.sms.says(down)
    scene.ground.town.outages.push(second)
    await scene.hear(planned(), planned(second, { sequence: 6 }))
    await scene.hear(cancelled())
    const states = await scene.db.query<{ readonly template: string; readonly state: string }>(
      `select template, state from message where deposit is not null and channel = 'sms' order by template, state`,
    )
    expect(states.map(({ template, state }) => `${template} ${state}`)).toEqual([
      'outage-cancelled queued',
      'outage-planned queued',
      'outage-planned skipped',
    ])
  })

  it('goes to nobody after its end', async () => {
    scene.ground.sms.says(down)
    await scene.hear(planned())
    scene.ground.clock.advance(hours(15))
    scene.ground.sms.says(() => ({ outcome: 'sent' }))
    const before = scene.texts().length
    await scene.settle()
    expect(scene.texts()).toHaveLength(before)
  })
})

describe.each(await testEngines())('an end that comes nearer, on $name', (engine) => {
  const voice = channelOf()
  const scene = sceneOn(engine, { voice: voice.channel })

  it('is told with the code, once for each end', async () => {
    await scene.hear(news({ type: 'kept-shorter' }), news({ type: 'kept-shorter', sequence: 7 }))
    expect(scene.texts()).toEqual([expect.stringContaining('012 345 678')])
    const { town } = scene.ground
    if (town.recipient !== undefined) town.recipient = { ...town.recipient, dueAt: after(start, hours(20)) }
    await scene.hear(news({ type: 'kept-shorter', sequence: 8 }))
    expect(scene.texts()).toHaveLength(2)
    expect((await scene.notices.story({ parcel: id('parcel', 1), deposits: [deposit] })).length).toBeGreaterThan(2)
  })
})
