import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { durationMs } from '@holdfast/core/values/instants.ts'
import { jittered } from '../clock.ts'
import { failure } from '../failure.ts'
import { type Session, type TransactionOptions, type Tx, isDbFailure } from './db.ts'

const firstDelayMs = 4
const lastDelayMs = 250

/** Whether somebody sees to it that a transaction's work uses its tx and nothing else. */
export interface Nesting {
  /** Fails where a transaction's own work would wait for another connection, and so for itself on PGlite. */
  assertOutside(): void
  within<T>(mark: Mark, work: () => T): T
}

/** Open until the work of its transaction has ended: what goes on behind it may use the database again. */
type Mark = { open: boolean }

const running = new AsyncLocalStorage<Mark>()

/** Costs every promise of the process a hook, from its first transaction on. */
export const watched: Nesting = {
  assertOutside: () => {
    if (running.getStore()?.open === true) {
      throw failure('db-nested', 'inside a transaction only its tx may be used')
    }
  },
  within: (mark, work) => running.run(mark, work),
}

export const unwatched: Nesting = { assertOutside: () => undefined, within: (_, work) => work() }

/**
 * One attempt: begin, work, commit; rolled back whatever goes wrong. Neither `begin` nor what was only written is waited
 * for before the next statement is sent: they are done in their order, and the server commits nothing after a failure.
 */
export async function attempt<T>(
  session: Session,
  work: (tx: Tx) => Promise<T>,
  { isolation, nesting }: TransactionOptions & { readonly nesting: Nesting },
): Promise<T> {
  const mark = { open: true }
  const sent = createSent()
  const waiting: (() => void)[] = []
  const onCommit: Tx['onCommit'] = (told) => void waiting.push(told)
  const write: Tx['write'] = (sql, params) => sent.add(session.query(sql, params))
  sent.add(session.script(isolation === undefined ? 'begin' : `begin isolation level ${isolation}`))
  try {
    const result = await nesting.within(mark, () => work({ ...session, write, onCommit }))
    mark.open = false
    sent.add(session.script('commit'))
    await sent.done()
    for (const told of waiting) told()
    return result
  } catch (error) {
    // A lost connection, like a commit, has ended the transaction by itself; the first error is the one to tell.
    if (mark.open) sent.add(session.script('rollback'))
    const earlier = await sent.done().then(
      () => error,
      (failed: unknown) => failed,
    )
    throw isAftermath(error) ? earlier : error
  } finally {
    mark.open = false
  }
}

/** Answers that nobody waits for yet, in the order of sending. */
function createSent() {
  const answers: Promise<unknown>[] = []
  return {
    add: (answer: Promise<unknown>): void => {
      answer.catch(() => undefined)
      answers.push(answer)
    },
    /** When all are there; fails with the earliest failure. */
    done: async (): Promise<void> => {
      await Promise.allSettled(answers)
      await Promise.all(answers)
    },
  }
}

/** "Current transaction is aborted": something that was sent before has failed. */
const isAftermath = (error: unknown): boolean => isDbFailure(error, 'db-statement') && error.sqlState === '25P02'

/** Repeats serialisation failures with a growing, jittered pause. */
export async function retrying<T>(once: () => Promise<T>, options: TransactionOptions): Promise<T> {
  const retries = options.retries ?? 5
  for (let tried = 0; ; tried += 1) {
    try {
      return await once()
    } catch (error) {
      if (tried >= retries || !isDbFailure(error, 'db-serialization')) throw error
      const delay = Math.min(lastDelayMs, firstDelayMs * 2 ** tried)
      await sleep(jittered(durationMs(delay)))
    }
  }
}

/** A queue of one: the next work begins when the last has ended, well or badly. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}
