import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { messageBytesMax } from '@holdfast/wire/cabinet/signed.ts'
import { createFakeClock } from '../../boards/line/clock.fake.ts'
import { journalFailure } from '../../journal/failure.ts'
import { openJournal } from '../../journal/open.ts'
import { createMemoryDisk, createMemoryStore } from '../../journal/store.memory.ts'
import { createGuard } from '../../loop/guard.ts'
import { silentLog } from '../../platform/log.ts'
import { noReserve } from '../../platform/reserve.ts'
import { newIdentity, seals } from '../../terminal.testing.ts'
import { ackTimeoutMs, createOutgoing, gatherMs, longestSilenceMs } from './outgoing.ts'

function rig() {
  const clock = { ...createFakeClock(), wall: () => 0 }
  const { cabinet, incarnation, keys } = newIdentity()
  const disk = { isReadable: true, isFull: false }
  const store = createMemoryStore(createMemoryDisk())
  const entries: typeof store.entries = (from, limit) => {
    if (!disk.isReadable) throw journalFailure('journal-failed')
    return store.entries(from, limit)
  }
  const write: typeof store.write = (batch) => {
    if (disk.isFull) throw journalFailure('journal-disk-full')
    store.write(batch)
  }
  const journal = openJournal({ store: { ...store, entries, write }, seals, keys, incarnation })
  const guard = createGuard(noReserve, silentLog)
  const sent: { from: number; count: number; privates: number; bytes: number }[] = []
  const send = (body: Uint8Array): void => {
    const [header = '', ...lines] = new TextDecoder().decode(body).split('\n')
    const { from, privates } = JSON.parse(header) as { from: number; privates: unknown[] }
    sent.push({ from, count: lines.length, privates: privates.length, bytes: body.length })
  }
  const outgoing = createOutgoing({ cabinet, journal, guard, clock, send })
  const append = (count: number, blob?: Uint8Array): void => {
    const moment = { running: runningMs(0), wall: instant(0), trusted: false }
    const entry = { event: { type: 'x' }, ...(blob === undefined ? {} : { private: blob }) }
    journal.append(
      moment,
      Array.from({ length: count }, () => entry),
    )
    outgoing.pump()
  }
  const ack = (watermark: number, more: object = {}): void => {
    outgoing.acked({ v: 1, cabinet, incarnation, watermark, ...more })
  }
  const froms = () => sent.splice(0).map(({ from, count }) => [from, count])
  return { clock, disk, journal, guard, outgoing, append, ack, sent, froms }
}

it('sends contiguous batches of at most 64, four under way, more with each acknowledgement', () => {
  const { outgoing, append, ack, froms } = rig()
  append(400)
  outgoing.begin()
  expect(froms()).toEqual([
    [1, 64],
    [65, 64],
    [129, 64],
    [193, 64],
  ])
  ack(64)
  expect(froms()).toEqual([[257, 64]])
  ack(320)
  expect(froms()).toEqual([
    [321, 64],
    [385, 16],
  ])
})

it('gathers what is appended closely, and lets no acknowledgement part it', async () => {
  const { clock, outgoing, journal, append, ack, froms } = rig()
  outgoing.begin()
  append(1)
  expect(froms()).toEqual([[1, 1]])
  const told = (): void => {
    const moment = { running: runningMs(0), wall: instant(0), trusted: false }
    journal.append(moment, [{ event: { type: 'x' } }])
    outgoing.appended()
  }
  told()
  await clock.advance(gatherMs - 1)
  told()
  ack(1)
  expect(froms()).toEqual([])
  await clock.advance(1)
  expect(froms()).toEqual([[2, 2]])
  told()
  await clock.advance(gatherMs)
  expect(froms()).toEqual([[4, 1]])
})

it('keeps what it gathered for the next connection when this one goes', async () => {
  const { clock, outgoing, journal, froms } = rig()
  outgoing.begin()
  journal.append({ running: runningMs(0), wall: instant(0), trusted: false }, [{ event: { type: 'x' } }])
  outgoing.appended()
  outgoing.pause()
  await clock.advance(gatherMs * 2)
  expect(froms()).toEqual([])
  outgoing.appended()
  await clock.advance(gatherMs * 2)
  expect(froms()).toEqual([])
  outgoing.begin()
  expect(froms()).toEqual([[1, 1]])
  outgoing.stop()
})

it('sends the same again after a silence, and after a reconnection', async () => {
  const { clock, outgoing, append, froms } = rig()
  outgoing.begin()
  append(3)
  expect(froms()).toEqual([[1, 3]])
  await clock.advance(ackTimeoutMs + 5_000)
  expect(froms()).toEqual([[1, 3]])
  outgoing.pause()
  append(1)
  expect(froms()).toEqual([])
  outgoing.begin()
  expect(froms()).toEqual([[1, 4]])
})

it('fills a gap once, however often it is asked for', () => {
  const { outgoing, append, ack, froms } = rig()
  outgoing.begin()
  append(2)
  append(2)
  froms()
  for (let i = 0; i < 4; i += 1) ack(0, { gapFrom: 2 })
  expect(froms()).toEqual([[2, 3]])
})

it('carries private parts until the cloud has them, and erases them then', () => {
  const { outgoing, append, ack, sent, journal } = rig()
  outgoing.begin()
  append(1, seals.random(100))
  expect(sent).toMatchObject([{ from: 1, count: 1, privates: 1 }])
  ack(1)
  expect(journal.read(1, 1)[0]?.private).toBeUndefined()
})

it.each([
  [{ forked: true }, 0],
  [{}, 99],
] as const)('stops deposits when the histories part: %o at %i', (more, watermark) => {
  const { outgoing, append, ack, guard, froms } = rig()
  outgoing.begin()
  append(1)
  ack(watermark, more)
  froms()
  append(1)
  expect(froms()).toEqual([])
  expect(guard.write('deposit', () => 1)).toEqual({ ok: false, refusal: 'journal-forked' })
  expect(guard.write('other', () => 1)).toEqual({ ok: true, value: 1 })
})

it('takes acknowledgements out of order, late and twice, and never falls back', () => {
  const { outgoing, append, ack, journal, froms } = rig()
  append(300)
  outgoing.begin()
  froms()
  for (const watermark of [128, 64, 128, 0, 128]) ack(watermark)
  expect(journal.acknowledged()).toBe(128)
  expect(froms()).toEqual([[257, 44]])
  ack(300)
  ack(257)
  expect(journal.acknowledged()).toBe(300)
  append(1)
  expect(froms()).toEqual([[301, 1]])
})

it('asks a cloud that never acknowledges by one message, ever more rarely, and loses nothing', async () => {
  const { clock, outgoing, append, ack, froms, journal } = rig()
  append(400)
  outgoing.begin()
  froms()
  await clock.advance(3_600_000)
  const asked = froms()
  expect(new Set(asked.map(String))).toEqual(new Set(['1,64']))
  expect(asked.length).toBeLessThanOrEqual(3_600_000 / longestSilenceMs + 5)
  expect(asked.length).toBeGreaterThan(20)
  append(5)
  expect(froms()).toEqual([])
  expect(journal.acknowledged()).toBe(0)
  ack(64)
  expect(froms().map(([from]) => from)).toEqual([65, 129, 193, 257])
})

it('is quick again as soon as the cloud is, whatever went before', async () => {
  const { clock, outgoing, append, ack, froms } = rig()
  append(1)
  outgoing.begin()
  await clock.advance(1_000_000)
  ack(1)
  froms()
  append(1)
  expect(froms()).toEqual([[2, 1]])
  await clock.advance(ackTimeoutMs + 5_000)
  expect(froms()).toEqual([[2, 1]])
})

it('spreads private parts that are large over several messages, each of them below the limit', () => {
  const { outgoing, append, ack, sent, journal } = rig()
  outgoing.begin()
  outgoing.pause()
  for (let i = 0; i < 12; i += 1) append(1, seals.random(20_000))
  outgoing.begin()
  for (let i = 0; i < 12; i += 1)
    ack(sent.at(-1) === undefined ? 0 : (sent.at(-1)?.from ?? 0) + (sent.at(-1)?.count ?? 0) - 1)
  expect(sent.reduce((sum, { count }) => sum + count, 0)).toBe(12)
  expect(sent.length).toBeGreaterThan(3)
  expect(Math.max(...sent.map(({ bytes }) => bytes))).toBeLessThan(messageBytesMax * 0.9)
  expect(journal.read(1, 12).filter((entry) => entry.private !== undefined)).toEqual([])
})

it('erases the private parts of what is acknowledged, and keeps those that are not', () => {
  const { outgoing, append, ack, journal } = rig()
  outgoing.begin()
  for (let i = 0; i < 4; i += 1) append(1, seals.random(50))
  ack(2)
  expect(journal.read(1, 4).map((entry) => entry.private !== undefined)).toEqual([false, false, true, true])
})

it('hears no acknowledgement of another incarnation', () => {
  const { outgoing, append, ack, journal, guard } = rig()
  outgoing.begin()
  append(3)
  ack(3, { incarnation: newIdentity().incarnation })
  ack(99, { incarnation: newIdentity().incarnation, forked: true })
  expect([journal.acknowledged(), guard.forked()]).toEqual([0, false])
})

it('whatever is lost, doubled or disordered, every entry arrives at last', async () => {
  const fate = fc.constantFrom('heard', 'heard', 'lost', 'ack-lost', 'doubled', 'reconnect', 'unreadable', 'full')
  const fates = fc.array(fate, { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(fates, fc.integer({ min: 1, max: 400 }), async (all, entries) => {
      const { clock, disk, guard, outgoing, append, ack, froms, journal } = rig()
      let watermark = 0
      const hear = ([from = 0, count = 0]: readonly number[]): void => {
        if (from <= watermark + 1) watermark = Math.max(watermark, from + count - 1)
      }
      append(entries)
      outgoing.begin()
      for (const what of all) {
        disk.isReadable = what !== 'unreadable'
        disk.isFull = what === 'full'
        for (const message of froms()) {
          if (what !== 'lost') hear(message)
          if (what === 'doubled') hear(message)
          const gap = (message[0] ?? 0) > watermark + 1 ? { gapFrom: watermark + 1 } : {}
          if (['heard', 'doubled', 'full'].includes(what)) ack(watermark, gap)
        }
        if (what === 'reconnect') {
          outgoing.pause()
          outgoing.begin()
        }
        await clock.advance(ackTimeoutMs)
      }
      Object.assign(disk, { isReadable: true, isFull: false })
      guard.recover(() => {})
      for (let i = 0; i < 30 && journal.acknowledged() < entries; i += 1) {
        await clock.advance(longestSilenceMs)
        for (const message of froms()) {
          hear(message)
          ack(watermark)
        }
      }
      expect(journal.acknowledged()).toBe(entries)
      outgoing.stop()
    }),
    { numRuns: 25 },
  )
})

it.each<[string, (of: ReturnType<typeof rig>) => void]>([
  ['on a new connection', ({ outgoing }) => outgoing.begin()],
  ['when facts were gathered', ({ outgoing }) => outgoing.appended()],
  ['when the last are acknowledged', ({ ack }) => ack(1)],
])('waits with what the disk does not give %s, and sends it once it does', async (_, ask) => {
  const of = rig()
  const { clock, disk, outgoing, append, froms, journal } = of
  append(1)
  outgoing.begin()
  expect(froms()).toEqual([[1, 1]])
  of.ack(1)
  disk.isReadable = false
  append(2)
  ask(of)
  await clock.advance(gatherMs)
  expect([froms(), journal.head().seq]).toEqual([[], 3])
  disk.isReadable = true
  await clock.advance(ackTimeoutMs / 2)
  expect(froms()).toEqual([[2, 2]])
  outgoing.stop()
})
