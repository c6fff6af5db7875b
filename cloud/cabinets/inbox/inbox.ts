import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { seconds } from '@holdfast/core/values/instants.ts'
import type { Answer } from '@holdfast/wire/cabinet/answers.ts'
import type { Ask } from '@holdfast/wire/cabinet/asks.ts'
import type { Health } from '@holdfast/wire/cabinet/health.ts'
import { pause } from '../../platform/clock.ts'
import { codeOf } from '../../platform/failure.ts'
import type { MqttMessage } from '../../platform/mqtt/link.ts'
import type { LinkPorts } from '../../platform/ports.ts'
import type { IngestCount } from './counts.ts'
import { type Taken, takeFacts } from '../ingest/ingest.ts'
import type { FactsMessage } from '../ingest/message.ts'
import type { CabinetRecord, Records } from '../ingest/records.ts'
import { type Letter, openLetter, readLetter } from './read.ts'

export type From<Message> = { readonly record: CabinetRecord; readonly message: Message }

export type InboxPorts = LinkPorts & {
  readonly records: Records
  readonly holds: (shard: number) => boolean
  readonly count: (what: IngestCount, by?: number) => void
  readonly taken: (taken: Taken) => Promise<void>
  readonly heard: (beats: readonly From<Health>[]) => Promise<void>
  readonly answered: (answers: readonly From<Answer>[]) => Promise<void>
  /** Never waited for: a slow answer to one cabinet must not hold up the others. */
  readonly asked: (ask: From<Ask>) => void
}

export type Inbox = {
  readonly receive: (message: MqttMessage) => void
  readonly stop: () => Promise<void>
}

/** What waits in a lane beyond this is dropped: cabinets send again what was not acknowledged. */
const waitingMost = 10_000
const batchMost = 256
const retryAfter = seconds(1)
/** While one waits for its commit the other reads and folds; a cabinet is always in the same one. */
const lanes = 2

export function createInbox(ports: InboxPorts): Inbox {
  const { count } = ports
  const stopping = new AbortController()
  const all = Array.from({ length: lanes }, () => createLane(ports, stopping.signal))
  return {
    receive: (message) => {
      count('messages')
      const letter = readLetter(message)
      if (letter === undefined) return count('unknown-topic')
      if (ports.holds(letter.shard)) all[letter.shard % lanes]?.put(letter)
    },
    stop: async () => {
      stopping.abort()
      for (const lane of all) await lane.ended()
    },
  }
}

type Lane = { readonly put: (letter: Letter) => void; readonly ended: () => Promise<void> }

/** Takes what waits as one batch, again and again; the longer a commit takes, the more the next one carries. */
function createLane(ports: InboxPorts, stopping: AbortSignal): Lane {
  const { count, clock, log } = ports
  let waiting: Letter[] = []
  let running: Promise<void> | undefined

  const run = async (): Promise<void> => {
    while (waiting.length > 0 && !stopping.aborted) {
      const batch = waiting.slice(0, batchMost)
      waiting = waiting.slice(batchMost)
      try {
        await takeBatch(ports, batch)
      } catch (error) {
        for (const { cabinet } of batch) ports.records.forget(cabinet)
        if (!isPassing(error)) {
          await takeApart(ports, batch)
          continue
        }
        count('retried', batch.length)
        log.warn({ code: codeOf(error) }, 'cabinet messages not stored, trying again')
        waiting = [...batch, ...waiting].slice(0, waitingMost)
        await pause(clock, retryAfter, stopping)
      }
    }
  }
  const wake = (): void => {
    running ??= run().finally(() => {
      running = undefined
      if (waiting.length > 0 && !stopping.aborted) wake()
    })
  }
  return {
    put: (letter) => {
      if (waiting.length >= waitingMost) return
      waiting.push(letter)
      wake()
    },
    ended: async () => await running,
  }
}

const isPassing = (error: unknown): boolean =>
  ['db-unavailable', 'db-closed', 'db-serialization'].includes(codeOf(error) ?? '')

/** Something in the batch cannot be stored at all: alone it stops nobody else. */
async function takeApart(ports: InboxPorts, batch: readonly Letter[]): Promise<void> {
  for (const letter of batch) {
    await takeBatch(ports, [letter]).catch((error: unknown) => {
      ports.records.forget(letter.cabinet)
      ports.count('tampered')
      ports.log.error({ code: codeOf(error), cabinet: letter.cabinet }, 'a cabinet message could not be stored')
    })
  }
}

async function takeBatch(ports: InboxPorts, batch: readonly Letter[]): Promise<void> {
  const { db, records, seals, count, clock } = ports
  await records.load(
    db.query,
    batch.map(({ cabinet }) => cabinet),
  )
  const doubted = new Set<CabinetId>()
  const facts: FactsMessage[] = []
  const beats: From<Health>[] = []
  const answers: From<Answer>[] = []
  for (const letter of batch) {
    const record = records.get(letter.cabinet)
    if (record === undefined) {
      count('unknown-cabinet')
      continue
    }
    const opened = openLetter(seals, record, letter)
    switch (opened.kind) {
      case 'facts':
        facts.push(opened.message)
        break
      case 'health':
        beats.push({ record, message: opened.message })
        break
      case 'answer':
        answers.push({ record, message: opened.message })
        break
      case 'ask':
        ports.asked({ record, message: opened.message })
        break
      case 'forged':
      case 'other-incarnation':
        doubted.add(letter.cabinet)
        count(opened.kind)
        break
      case 'malformed':
        count(opened.kind)
    }
  }
  if (facts.length > 0) await ports.taken(await takeFacts(ports, facts, clock.now()))
  if (answers.length > 0) await ports.answered(answers)
  if (beats.length > 0) await ports.heard(beats)
  // A new terminal speaks with another key, and may have enrolled with another process: asked for anew.
  for (const cabinet of doubted) records.forget(cabinet)
}
