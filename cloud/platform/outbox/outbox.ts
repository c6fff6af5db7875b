import { setMaxListeners } from 'node:events'
import { type Instant, after, durationMs, seconds } from '@holdfast/core/values/instants.ts'
import type { Clock } from '../clock.ts'
import { codeOf } from '../failure.ts'
import type { Log } from '../log.ts'
import type { Db } from '../postgres/db.ts'
import { type Lane, hasWork, postpone, recordFailure, register, takeBatch } from './consume.ts'
import type { Consumer, Cursor, Page, Publish } from './events.ts'
import { prune } from './prune.ts'
import { createPublish } from './publish.ts'
import { readAfter } from './read.ts'
import { createSignal } from './signal.ts'

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
  /** Forgets events older than the instant that every consumer has passed; returns how many. */
  readonly prune: (before: Instant) => Promise<number>
}

const batchSize = 128
const firstPauseMs = 2
const longestPauseMs = 500
const firstRetryMs = 250
const longestRetry = seconds(60)

/** Poll pause: short after a signal, because the writer has yet to commit; doubling to half a second when idle. */
const longer = (ms: number): number => Math.min(ms * 2, longestPauseMs)

export function createOutbox({ db, clock, log }: OutboxOptions): Outbox {
  const signal = createSignal(clock)
  const consumers: Consumer[] = []
  const stopping = new AbortController()
  // Every lane listens.
  setMaxListeners(0, stopping.signal)
  let running: readonly Promise<void>[] = []

  const runLane = async (lane: Lane): Promise<void> => {
    const step = createStep(db, clock, log, lane)
    let pause = firstPauseMs
    while (!stopping.signal.aborted) {
      const seen = signal.count()
      const moved = await step().catch((error: unknown) => {
        log.warn({ code: codeOf(error), consumer: lane.consumer.name }, 'outbox not readable, trying again')
        return false
      })
      if (moved) {
        pause = firstPauseMs
        continue
      }
      const woken = await signal.wait(seen, durationMs(pause), stopping.signal)
      pause = woken ? firstPauseMs : longer(pause)
    }
  }
  return {
    publish: createPublish(signal.raise),
    wake: signal.raise,
    add: (consumer) => {
      if (consumers.some(({ name }) => name === consumer.name)) throw new Error(`two consumers named ${consumer.name}`)
      consumers.push(consumer)
    },
    start: async () => {
      const lanes = consumers.flatMap(lanesOf)
      for (const lane of lanes) await register(db, lane)
      running = lanes.map(runLane)
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
    },
    readAfter: async (cursor, limit) => await readAfter(db.query, cursor, limit),
    news: async (abort) => void (await signal.wait(signal.count(), durationMs(longestPauseMs), abort)),
    stuck: async () =>
      await db.query<StuckConsumer>(
        `select name, part, failures, failure as reason from outbox_cursor where failures > 0 order by name, part`,
      ),
    prune: async (before) => await prune(db, before),
  }
}

const lanesOf = (consumer: Consumer): readonly Lane[] =>
  Array.from({ length: consumer.partitions ?? 1 }, (_, part) => ({ consumer, part }))

/** One look at the lane: true when it moved on and may have more. */
function createStep(db: Db, clock: Clock, log: Log, lane: Lane): () => Promise<boolean> {
  let limit = batchSize
  return async () => {
    if (!(await hasWork(db, lane, clock.now()))) return false
    const outcome = await takeBatch(db, lane, limit)
    switch (outcome.kind) {
      case 'idle':
        return false
      case 'moved':
        limit = batchSize
        return true
      case 'failed': {
        // The good ones before it go through first, so that only the bad one waits.
        limit = Math.max(1, outcome.done)
        log.warn({ err: outcome.error, consumer: lane.consumer.name, done: outcome.done }, 'outbox batch undone')
        if (outcome.done > 0) return true
        const failures = await recordFailure(db, lane, reasonOf(outcome.error))
        const delay = Math.min(longestRetry, firstRetryMs * 2 ** Math.min(failures - 1, 10))
        await postpone(db, lane, after(clock.now(), durationMs(delay)))
        const { name } = lane.consumer
        log.error({ err: outcome.error, consumer: name, ...outcome.event, failures }, 'outbox event failed')
        return false
      }
    }
  }
}

const reasonOf = (error: unknown): string => codeOf(error) ?? (error instanceof Error ? error.message : String(error))
