import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import { instant, minutes, runningMs } from '@holdfast/core/values/instants.ts'
import { testId } from '../cabinets/cabinets.testing.ts'
import type { CabinetFactNews } from '../cabinets/facts.ts'
import { parcelTopics } from '../parcels/events.ts'
import { testEngines } from '../platform/postgres/db.testing.ts'
import type { Db } from '../platform/postgres/db.ts'
import { alertsTopic } from './risks.ts'
import { cabinet, door, newsOf, operator, other, type Told, type Watch, watchOn } from './risks.testing.ts'
import type { AlertId } from './store.postgres.ts'

const staff = testId('staff', 1)
const elsewhere = testId('cabinet', 2)
const at = runningMs(0)
const leftOpen: Told = { type: 'doorLeftOpen', door, at }
const shut: Told = { type: 'doorShut', door, witness: 'leaf', at }

describe.each(await testEngines())('alerts on $name', (engine) => {
  let db: Db
  let watch: Watch
  beforeAll(async () => {
    db = await engine.open()
  })
  beforeEach(async () => {
    watch = await watchOn(
      db,
      new Map([
        [cabinet, operator],
        [elsewhere, other],
      ]),
    )
  })
  afterAll(async () => await db.close())

  const first = async (of = operator): Promise<AlertId> => {
    const [alert] = await watch.risks.list(of, 'open')
    if (alert === undefined) throw new Error('no alert is open')
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- read from the list a line before.
    return alert.id as AlertId
  }
  const acknowledge = async (alert: AlertId, by = operator, note: string | null = null) =>
    await watch.risks.acknowledge(by, { alert, staff, note })
  const toldTimes = async (): Promise<number> =>
    (await db.query('select from outbox where topic = $1', [alertsTopic])).length
  /** Each alert as it stands: what, since when, until when. */
  const all = async () =>
    (
      await db.query<{ line: string }>(
        `select concat_ws(' ', kind, compartment, raised_at, ended_at) as line from alert order by raised_at, kind, line`,
      )
    ).map(({ line }) => line)

  it('are the same wherever the outbox cuts its batches, and however often it tells (law 10)', async () => {
    const stories: readonly Told[] = [leftOpen, shut, 'offline', 'online', 'journal-full', 'journal-ok']
    const story = fc.array(fc.constantFrom(...stories), { minLength: 1, maxLength: 9 })
    const cuts = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(story, cuts, async (told, ends) => {
        const news = told.map((each, i) => newsOf(each, { at: instant(1_000 + i) }))
        await db.query('truncate alert')
        for (const one of news) await watch.take([one])
        const oneByOne = await all()
        await db.query('truncate alert')
        let batch: typeof news = []
        for (const [i, one] of news.entries()) {
          batch = [...batch, one]
          if (ends[i] !== true) continue
          await watch.take(batch)
          batch = []
        }
        await watch.take(batch)
        expect(await all()).toEqual(oneByOne)
      }),
      { numRuns: 25 },
    )
  })

  it('begin anew, unseen, when their cause does, though end and beginning come in one batch', async () => {
    await watch.hear([leftOpen])
    const before = await first()
    await acknowledge(before)
    await watch.hear([shut, leftOpen])
    const after = await watch.risks.list(operator, 'open')
    expect(after).toMatchObject([{ kind: 'door-left-open', acknowledgedAt: null }])
    expect(after[0]?.id).not.toBe(before)
  })

  it('are raised once by two processes that hear of them at the same moment', async () => {
    await Promise.all([watch.hear([leftOpen]), watch.hear([leftOpen]), watch.hear([leftOpen])])
    expect(await watch.open()).toEqual(['door-left-open'])
    expect(await toldTimes()).toBe(1)
  })

  it('tell the desk of each change once, and of nothing that changed nothing', async () => {
    await watch.hear([shut])
    expect(await toldTimes()).toBe(0)
    await watch.hear([leftOpen])
    await watch.hear([leftOpen])
    expect(await toldTimes()).toBe(1)
    await acknowledge(await first())
    expect(await toldTimes()).toBe(2)
    await watch.hear([shut])
    await watch.hear([shut])
    expect(await toldTimes()).toBe(3)
  })

  it('of one door leave those of another, and of the whole cabinet, alone', async () => {
    const second = testId('compartment', 2)
    await watch.hear([leftOpen, { type: 'doorLeftOpen', door: second, at }, 'offline'])
    await watch.hear([shut])
    expect([...(await watch.open())].sort()).toEqual(['cabinet-offline', 'door-left-open'])
    await watch.hear(['online'])
    expect(await watch.open()).toEqual(['door-left-open'])
  })

  it('are one operator’s: no other lists, counts, reads or acknowledges them (law 11)', async () => {
    await watch.hear([leftOpen])
    await watch.hear([leftOpen], { cabinet: elsewhere, operator: other })
    const [mine, theirs] = [await first(), await first(other)]
    expect(mine).not.toBe(theirs)
    expect(await watch.risks.alerts(operator, [mine, theirs])).toMatchObject([{ id: mine }])
    expect(await acknowledge(theirs)).toBeUndefined()
    expect(await watch.risks.alerts(other, [theirs])).toMatchObject([{ acknowledgedAt: null }])
    expect((await watch.risks.openAlerts([cabinet])).get(elsewhere)).toBeUndefined()
    await watch.hear([shut])
    expect((await watch.risks.list(other, 'open')).map(({ id }) => id)).toEqual([theirs])
  })

  it('keep who was first to look after them, and the latest note', async () => {
    await watch.hear([leftOpen])
    const alert = await first()
    const seen = await acknowledge(alert, operator, 'on my way')
    watch.clock.advance(minutes(5))
    expect(await acknowledge(alert)).toEqual(seen)
    await acknowledge(alert, operator, 'shut it')
    const [row] = await db.query<{ note: string }>('select note from alert where alert = $1', [idToUuid(alert)])
    expect(row?.note).toBe('shut it')
  })

  it('acknowledged by two at once have one who looks after them', async () => {
    await watch.hear([leftOpen])
    const alert = await first()
    const both = await Promise.all([acknowledge(alert), acknowledge(alert)])
    expect(both[0]?.acknowledgedAt).toBe(both[1]?.acknowledgedAt)
  })

  it('of "not mine" outlive a new code, and end with the word for the right phone', async () => {
    const place = { compartment: door, label: 'A01', size: 'M' } as const
    const word = (type: 'not-mine' | 'corrected', behind: typeof place | null = place) => ({
      cursor: '1-1',
      topic: parcelTopics.events,
      key: 'p',
      at: 0,
      payload: { type, cabinet, operator, at: instant(7), ...(behind === null ? {} : { door: behind }) },
    })
    const context = { compartment: door } as CabinetFactNews['context']
    const renewed = { type: 'codeRenewed', deposit: testId('deposit', 1), at } as unknown as Told
    await watch.take([word('not-mine')])
    await watch.hear([renewed], { context })
    // Corrected before it lay behind a door: another parcel's affair.
    await watch.take([word('corrected', null)])
    expect(await watch.open()).toEqual(['not-mine'])
    await watch.take([word('corrected')])
    expect(await watch.open()).toEqual([])
    await watch.take([word('not-mine')])
    await watch.hear([{ type: 'depositRecalled', deposit: testId('deposit', 1), by: 'person', at }], { context })
    expect(await watch.open()).toEqual([])
  })

  it('can be acknowledged after their end, and do not come back by it', async () => {
    await watch.hear([leftOpen])
    const alert = await first()
    await watch.hear([shut])
    expect(await acknowledge(alert)).toMatchObject({ acknowledgedBy: 'Kim', endedAt: 5 })
    expect(await watch.open()).toEqual([])
  })

  it('end no earlier than they began, whatever the clocks say', async () => {
    await watch.hear([leftOpen], { at: instant(900) })
    await watch.hear([shut], { at: instant(100) })
    expect(await watch.risks.list(operator, 'all')).toMatchObject([{ raisedAt: 900, endedAt: 900 }])
  })

  it('are listed newest first, five hundred at most, and counted by cabinet', async () => {
    const doors = Array.from({ length: 520 }, (_, i) => testId('compartment', i + 1))
    const news = doors.map((each, i) => newsOf({ type: 'doorLeftOpen', door: each, at }, { at: instant(1_000 + i) }))
    await watch.take(news)
    const listed = await watch.risks.list(operator, 'open')
    expect(listed).toHaveLength(500)
    expect(listed[0]?.raisedAt).toBe(1_519)
    expect(listed.at(-1)?.raisedAt).toBe(1_020)
    expect((await watch.risks.openAlerts([cabinet, elsewhere])).get(cabinet)).toBe(520)
    expect(await watch.risks.openAlerts([])).toEqual(new Map())
    expect(await watch.risks.alerts(operator, [])).toEqual([])
  })

  it('of a cabinet that has lost its place are shown nowhere, and come back with it', async () => {
    await watch.hear([leftOpen], { cabinet: testId('cabinet', 9) })
    expect(await watch.open()).toEqual([])
    expect(await db.query('select from alert')).toHaveLength(1)
  })
})
