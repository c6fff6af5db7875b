import { beforeEach, describe, expect, it } from 'vitest'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import { idToUuid } from '@holdfast/core/values/ids.ts'
import { instant, seconds } from '@holdfast/core/values/instants.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type MessageKind, messageBytesMax, signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { type UpChannel, upTopic } from '@holdfast/wire/cabinet/topics.ts'
import type { Health } from '@holdfast/wire/cabinet/health.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { createManualClock } from '../../platform/clock.ts'
import { failure } from '../../platform/failure.ts'
import { silentLog } from '../../platform/log.ts'
import { eventually, testId, testOperator } from '../cabinets.testing.ts'
import type { CabinetRecord } from '../ingest/records.ts'
import { type IngestCount, createCounts } from './counts.ts'
import { type From, type InboxPorts, createInbox } from './inbox.ts'

const seals = createStandInSeals(4)
const pairs = [1, 2, 3].map((n) => ({ n, pair: seals.generate('p256') }))

function recordOf(n: number): CabinetRecord {
  const key = readPublicKey(pairs[n - 1]?.pair.publicKey ?? '')
  if (key === undefined) throw new Error('no key')
  const [cabinet, incarnation] = [testId('cabinet', n), testId('incarnation', n)]
  const operator = testOperator(1)
  const uuids = { cabinet: idToUuid(cabinet), operator: idToUuid(operator), incarnation: idToUuid(incarnation) }
  const start = { seq: 0, hash: new Uint8Array(32), state: newCabinet, snapshotSeq: 0 }
  return { cabinet, operator, incarnation, key, shard: n, uuids, ...start }
}
const known = new Map([1, 2, 3].map((n) => [testId('cabinet', n), recordOf(n)]))

const beatOf = (n: number, head: number, more: object = {}): object => ({
  v: 1,
  cabinet: testId('cabinet', n),
  incarnation: testId('incarnation', n),
  boot: 1,
  running: 1,
  wall: 1,
  trusted: true,
  head,
  desired: 1,
  digest: 'ab'.repeat(32),
  journal: 'ok',
  kiosk: 'ok',
  touch: 'ok',
  scanner: 'ok',
  silentLines: [],
  ...more,
})

type Sending = {
  readonly as?: MessageKind
  readonly by?: number
  readonly shard?: number
  readonly channel?: UpChannel
}

/** A message from cabinet `n`, and every way of spoiling it. */
function letter(n: number, body: object, { as = 'health', by = n, shard = n, channel = 'health' }: Sending = {}) {
  const key = pairs[by - 1]?.pair.privateKey
  if (key === undefined) throw new Error('no key')
  const payload = signMessage({ seals, keyId: 0, key }, as, toCanonical(body))
  return { topic: upTopic({ shard, cabinet: testId('cabinet', n) }, channel), payload }
}

describe('what comes in from the cabinets', () => {
  let heard: number[]
  let fail: (heads: readonly number[]) => Error | undefined
  let forgotten: string[]
  let holds: (shard: number) => boolean
  let counts: ReturnType<typeof createCounts>
  const clock = createManualClock(instant(1_700_000_000_000))
  beforeEach(() => {
    heard = []
    fail = () => undefined
    forgotten = []
    holds = () => true
    counts = createCounts()
  })

  const open = ({ before }: { before?: (heads: readonly number[]) => Promise<void> } = {}) =>
    createInbox({
      seals,
      clock,
      log: silentLog,
      db: {},
      count: counts.add,
      holds: (shard: number) => holds(shard),
      records: {
        load: async () => undefined,
        get: (cabinet: never) => known.get(cabinet),
        forget: (cabinet: string) => void forgotten.push(cabinet),
      },
      heard: async (beats: readonly From<Health>[]) => {
        const heads = beats.map(({ message }) => message.head)
        await before?.(heads)
        const problem = fail(heads)
        if (problem !== undefined) throw problem
        heard.push(...heads)
      },
      taken: async () => undefined,
      answered: async () => undefined,
      asked: () => undefined,
    } as unknown as InboxPorts)
  const count = (what: IngestCount): number => counts.read().get(what) ?? 0

  it('is taken in the order of its cabinet, each once', async () => {
    const inbox = open()
    for (let head = 0; head < 600; head += 1) inbox.receive(letter((head % 3) + 1, beatOf((head % 3) + 1, head)))
    await eventually(() => heard.length === 600)
    for (const third of [0, 1, 2])
      expect(heard.filter((head) => head % 3 === third)).toEqual(Array.from({ length: 200 }, (_, n) => 3 * n + third))
    expect(count('messages')).toBe(600)
    await inbox.stop()
  })

  it('is taken while messages of another cabinet wait for their commit', async () => {
    let slowest = (): void => undefined
    const slow = new Promise<void>((resolve) => (slowest = resolve))
    const inbox = open({ before: async (heads) => (heads.includes(1) ? await slow : undefined) })
    inbox.receive(letter(1, beatOf(1, 1)))
    inbox.receive(letter(2, beatOf(2, 2)))
    await eventually(() => heard.includes(2))
    expect(heard).toEqual([2])
    slowest()
    await eventually(() => heard.length === 2)
    await inbox.stop()
  })

  it('waits while the database is away, and loses nothing and no order by it', async () => {
    let away = true
    fail = () => (away ? failure('db-unavailable', 'gone') : undefined)
    const inbox = open()
    for (let head = 0; head < 5; head += 1) inbox.receive(letter(1, beatOf(1, head)))
    await eventually(() => count('retried') > 0)
    for (let head = 5; head < 8; head += 1) inbox.receive(letter(1, beatOf(1, head)))
    expect(heard).toEqual([])
    away = false
    await eventually(() => {
      clock.advance(seconds(1))
      return heard.length === 8
    })
    expect(heard).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    await inbox.stop()
  })

  it('that cannot be stored at all stops nobody else', async () => {
    fail = (heads) => (heads.includes(2) ? new Error('no column takes this') : undefined)
    const inbox = open()
    for (let head = 0; head < 5; head += 1) inbox.receive(letter(1, beatOf(1, head)))
    await eventually(() => heard.length === 4)
    expect(heard).toEqual([0, 1, 3, 4])
    expect([count('tampered'), count('retried')]).toEqual([1, 0])
    expect(forgotten).toContain(testId('cabinet', 1))
    await inbox.stop()
  })

  const good = beatOf(1, 7)
  const spoilt: readonly (readonly [
    string,
    IngestCount,
    () => { topic: string; payload: Uint8Array },
    doubted: boolean,
  ])[] = [
    ['signed by another cabinet’s key', 'forged', () => letter(1, good, { by: 2 }), true],
    ['signed as something else', 'forged', () => letter(1, good, { as: 'answer' }), true],
    ['of another cabinet, under its own topic', 'forged', () => letter(1, beatOf(2, 7)), true],
    [
      'of a life that ended',
      'other-incarnation',
      () => letter(1, { ...good, incarnation: testId('incarnation', 9) }),
      true,
    ],
    ['in another shard', 'malformed', () => letter(1, good, { shard: 9 }), false],
    ['with a field that nobody named', 'malformed', () => letter(1, beatOf(1, 7, { more: 1 })), false],
    ['with a NUL, which no column takes', 'malformed', () => letter(1, beatOf(1, 7, { silentLines: ['\0'] })), false],
    ['of half the fields', 'malformed', () => letter(1, { v: 1 }), false],
    ['that is no message', 'malformed', () => ({ ...letter(1, good), payload: Uint8Array.of(1, 2, 3) }), false],
    [
      'of nobody we know',
      'unknown-cabinet',
      () => ({ ...letter(1, good), topic: upTopic({ shard: 1, cabinet: testId('cabinet', 9) }, 'health') }),
      false,
    ],
    ['under no topic of ours', 'unknown-topic', () => ({ ...letter(1, good), topic: 'hf/2/1/x/up/health' }), false],
    [
      'on a channel of the cloud’s own',
      'unknown-topic',
      () => ({ ...letter(1, good), topic: letter(1, good).topic.replace('up/health', 'down/acks') }),
      false,
    ],
    [
      'too large to be read',
      'unknown-topic',
      () => ({ ...letter(1, good), payload: new Uint8Array(messageBytesMax + 1) }),
      false,
    ],
  ]
  it.each(spoilt)('%s is counted as %s and changes nothing', async (_, counted, make, doubted) => {
    const inbox = open()
    inbox.receive(make())
    inbox.receive(letter(3, beatOf(3, 99)))
    await eventually(() => heard.length === 1)
    expect(heard).toEqual([99])
    expect(count(counted)).toBe(1)
    expect(forgotten.includes(testId('cabinet', 1))).toBe(doubted)
    await inbox.stop()
  })

  it('for a shard that another process holds is left to it', async () => {
    holds = (shard) => shard !== 1
    const inbox = open()
    inbox.receive(letter(1, beatOf(1, 1)))
    inbox.receive(letter(2, beatOf(2, 2)))
    await eventually(() => heard.length === 1)
    expect(heard).toEqual([2])
    await inbox.stop()
  })

  it('is taken no more once it is stopped, even where the database never came back', async () => {
    fail = () => failure('db-unavailable', 'gone')
    const inbox = open()
    inbox.receive(letter(1, beatOf(1, 1)))
    await eventually(() => count('retried') > 0)
    await inbox.stop()
    const tried = count('retried')
    inbox.receive(letter(1, beatOf(1, 2)))
    clock.advance(seconds(5))
    expect([heard, count('retried')]).toEqual([[], tried])
  })
})
