import { setMaxListeners } from 'node:events'
import { type Instant, after, durationMs, seconds } from '@holdfast/core/values/instants.ts'
import { type Clock, pause } from '../clock.ts'
import { codeOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Db } from '../postgres/db.ts'
import { type Lane, postpone, recordFailure, register, takeBatch } from './consume.ts'
import type { Consumer, Cursor, Page, Publish } from './events.ts'
import { type Aim, createGoal, createLookout, type Looked, readStart } from './lookout.ts'
import { type Laggard, prune, readLaggards } from './prune.ts'
import { createPublish } from './publish.ts'
import { type Place, readAfter } from './read.ts'
import { createTallies, type Tallies, type Tally } from './outbox.tally.ts'
import { createSignal, type Signal } from './signal.ts'

export type OutboxOptions = { readonly db: Db; readonly clock: Clock; readonly log: Log }

export type StuckConsumer = {
  readonly name: string
  readonly part: number
  readonly failures: number
  readonly reason: string
}

export type Outbox = {
  readonly publish: Publish
  /** Before `start`. Names are unique. */
  readonly add: (consumer: Consumer) => void
  readonly start: () => Promise<void>
  /** Ends after the batches under way. */
  readonly stop: () => Promise<void>
  /** Look now: for processes that hear of a commit elsewhere. `publish` does this by itself. */
  readonly wake: () => void
  readonly readAfter: (cursor: Cursor | undefined, limit: number) => Promise<Page>
  /** Resolves when something may have been published, or after the longest poll pause; for live streams. */
  readonly news: (signal?: AbortSignal) => Promise<void>
  /** Consumers that stand still because an event keeps failing. */
  readonly stuck: () => Promise<readonly StuckConsumer[]>
  /** How much a consumer has taken here, and how long that took. */
  readonly tally: (consumer: string) => Tally
  /** Forgets events older than the instant that every consumer has passed; returns how many. */
  readonly prune: (before: Instant) => Promise<number>
  /** For whom events older than that are kept. */
  readonly laggards: (before: Instant) => Promise<readonly Laggard[]>
}

const batchSize = 128
/** Between two looks: under load one finds what many commits left, and lanes take it together. */
export const restMs = 1
/** Behind a transaction that still runs. */
const firstPauseMs = restMs
/** Commits in this process wake at once. A poll hears those of others, soon while they come. */
const [pollMs, longestPollMs] = [2, 64]
const longestPauseMs = 500
const lanePauseMs = 20
const firstRetryMs = 250
const longestRetry = seconds(60)
const untilTold = seconds(60)

export function createOutbox({ db, clock, log }: OutboxOptions): Outbox {
  const signal = createSignal(clock)
  const arrived = createSignal(clock)
  const consumers: Consumer[] = []
  const tallies = createTallies()
  const stopping = new AbortController()
  // Every lane listens.
  setMaxListeners(0, stopping.signal)
  let running: readonly Promise<void>[] = []
  const published = (): void => {
    signal.raise()
    // Without consumers nobody looks for those who wait for news.
    if (running.length === 0) arrived.raise()
  }
  return {
    publish: createPublish(clock, published),
    wake: published,
    add: (consumer) => {
      if (consumers.some(({ name }) => name === consumer.name)) throw new Error(`two consumers named ${consumer.name}`)
      consumers.push(consumer)
    },
    start: async () => {
      const lanes = consumers.flatMap(lanesOf)
      for (const lane of lanes) await register(db, lane)
      const from = await readStart(db.query, lanes)
      const workers = lanes.map((lane) => createWorker({ db, clock, log, tallies }, lane, stopping.signal))
      const looking = { look: createLookout(db.query, workers), from, signal, moved: arrived.raise }
      running = [lookOut({ clock, log }, looking, stopping.signal), ...workers.map(({ run }) => run())]
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
    readAfter: async (cursor, limit) => await readAfter(db.query, cursor, limit),
    news: async (abort) => void (await arrived.wait(arrived.count(), durationMs(longestPauseMs), abort)),
    stuck: async () =>
      await db.query<StuckConsumer>(
        `select name, part, failures, failure as reason from outbox_cursor where failures > 0 order by name, part`,
      ),
    tally: tallies.read,
    prune: async (before) => await prune(db, before),
    laggards: async (before) => await readLaggards(db.query, before),
  }
}

const lanesOf = (consumer: Consumer): readonly Lane[] =>
  Array.from({ length: consumer.partitions ?? 1 }, (_, part) => ({ consumer, part }))

type Looking = {
  readonly look: (from: Place) => Promise<Looked>
  readonly from: Place
  readonly signal: Signal
  readonly moved: () => void
}

/** One reader for the whole process. What comes right behind a look is gathered for the next one. */
async function lookOut(
  { clock, log }: Pick<OutboxOptions, 'clock' | 'log'>,
  { look, from, signal, moved }: Looking,
  stopping: AbortSignal,
): Promise<void> {
  let place = from
  let [idle, unsettled] = [pollMs, firstPauseMs]
  while (!stopping.aborted) {
    const seen = signal.count()
    const looked = await look(place).catch((error: unknown) => {
      log.warn({ code: codeOf(error) }, 'outbox not readable, trying again')
      return { next: place, isFull: false, isUnsettled: false }
    })
    const isMoved = looked.next !== place
    place = looked.next
    if (isMoved) moved()
    if (isMoved && looked.isFull) continue
    const rest = pause(clock, durationMs(restMs), stopping)
    const wait = looked.isUnsettled ? unsettled : idle
    const woken = await signal.wait(seen, durationMs(wait), stopping)
    await rest
    idle = woken || isMoved ? pollMs : Math.min(idle * 2, longestPollMs)
    unsettled = woken || !looked.isUnsettled ? firstPauseMs : Math.min(unsettled * 2, longestPollMs)
  }
}

const longer = (ms: number): number => Math.min(ms * 2, longestPauseMs)

/** Takes its lane to where the lookout points, batch by batch. */
function createWorker({ db, clock, log, tallies }: WorkerOptions, lane: Lane, stopping: AbortSignal): Aim & Running {
  const signal = createSignal(clock)
  const goal = createGoal(clock, signal.raise)
  const step = createStep({ db, clock, log, tallies }, lane)
  const run = async (): Promise<void> => {
    let wait = lanePauseMs
    while (!stopping.aborted) {
      const seen = signal.count()
      const upTo = goal.read()
      if (upTo === undefined) {
        await signal.wait(seen, untilTold, stopping)
        continue
      }
      const taken = await step(upTo).catch((error: unknown) => {
        log.warn({ code: codeOf(error), consumer: lane.consumer.name }, 'outbox not readable, trying again')
        return 'later'
      })
      if (taken === 'there') goal.reached(upTo)
      if (taken !== 'later') {
        wait = lanePauseMs
        continue
      }
      await signal.wait(seen, durationMs(wait), stopping)
      wait = longer(wait)
    }
    goal.stop()
  }
  return { lane, at: goal.at, run }
}

type WorkerOptions = OutboxOptions & { readonly tallies: Tallies }
type Running = { readonly run: () => Promise<void> }
type Taken = 'there' | 'more' | 'later'

function createStep({ db, clock, log, tallies }: WorkerOptions, lane: Lane): (upTo: Place) => Promise<Taken> {
  let limit = batchSize
  return async (upTo) => {
    const now = clock.now()
    const outcome = await takeBatch(db, lane, { upTo, limit, now })
    switch (outcome.kind) {
      case 'held':
        return 'later'
      case 'moved':
        limit = batchSize
        tallies.add(lane.consumer.name, { events: outcome.events, tookMs: clock.now() - now })
        return outcome.isThere ? 'there' : 'more'
      case 'failed': {
        // The good ones before it go through first, so that only the bad one waits.
        limit = Math.max(1, outcome.done)
        log.warn({ err: outcome.error, consumer: lane.consumer.name, done: outcome.done }, 'outbox batch undone')
        if (outcome.done > 0) return 'more'
        const failures = await recordFailure(db, lane, reasonOf(outcome.error))
        const delay = Math.min(longestRetry, firstRetryMs * 2 ** Math.min(failures - 1, 10))
        await postpone(db, lane, after(clock.now(), durationMs(delay)))
        const { name } = lane.consumer
        log.error({ err: outcome.error, consumer: name, ...outcome.event, failures }, 'outbox event failed')
        return 'later'
      }
    }
  }
}

const reasonOf = (error: unknown): string => codeOf(error) ?? (error instanceof Error ? error.message : String(error))
