import type { CabinetCommand, CabinetFact } from '@holdfast/core/cabinet/commands.ts'
import { isKnownHere } from '@holdfast/core/cabinet/facts/code.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { SessionId } from '@holdfast/core/values/ids.ts'
import { type CodeKeys, type PickupCode, readTypedCode } from '@holdfast/wire/seals/codes.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { CodeAnswer, JournalHealth, Verdict } from '../loop/loop.ts'
import type { TerminalClock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Elsewhere } from './elsewhere.ts'
import { tagsOf, type TagPair } from './tags.ts'

export interface EnterPorts {
  readonly clock: TerminalClock
  readonly cabinet: () => Cabinet
  readonly seals: Seals
  readonly keys: CodeKeys
  readonly submit: (commands: readonly CabinetCommand[]) => Verdict
  readonly observe: (fact: CabinetFact) => readonly CabinetEvent[]
  readonly drawSession: () => SessionId
  readonly journalHealth: () => JournalHealth
  readonly log: Log
}

/** `elsewhere`: which other cabinet of this site the code is right at; asked where no code here is like it. */
export type CodeEntry = (
  typed: string,
  tail?: string,
  elsewhere?: (code: string) => Promise<Elsewhere | undefined>,
) => Promise<CodeAnswer>

/** How long a wrong answer is held: it tells nothing by its speed, and guessing is slow. */
export const wrongHeldMs = 2_000

/** Law 7: the attempt is journaled before anything is hashed. An exception during the check never opens. */
export function createCodeEntry(ports: EnterPorts): CodeEntry {
  return async (typed, tail, elsewhere) => {
    const read = readTypedCode(typed)
    if (read.kind !== 'code') return { outcome: read.kind }
    const typedAt = ports.clock.now()
    const verdict = ports.submit([{ type: 'attemptCode', step: tail === undefined ? 'code' : 'code-and-tail' }])
    if (!verdict.accepted) return { outcome: 'refused', refusal: verdict.refusal }
    const attempt = verdict.events.find((event) => event.type === 'codeAttempted')?.attempt ?? 0
    const tags = await hashed(ports, read.code, tail ?? null)
    const isUnknown = tail === undefined && tags.tag !== '' && !isKnownHere(ports.cabinet(), tags.tag)
    const there = isUnknown ? await elsewhere?.(read.code) : undefined
    const session = ports.drawSession()
    const told = there === undefined ? {} : { elsewhere: true }
    const events = ports.observe({ type: 'codeTagged', attempt, ...tags, session, ...told })
    const accepted = events.find((event) => event.type === 'codeAccepted')
    if (accepted !== undefined) return { outcome: 'opened', deposit: accepted.deposit, session }
    if (events.length === 0 && ports.journalHealth() === 'failing') {
      return { outcome: 'refused', refusal: 'journal-failing' }
    }
    await until(ports.clock, typedAt + wrongHeldMs)
    const isElsewhere = events.some(({ type }) => type === 'codeElsewhere')
    return there !== undefined && isElsewhere ? { outcome: 'elsewhere', there } : { outcome: 'wrong' }
  }
}

async function hashed({ seals, keys, log }: EnterPorts, code: PickupCode, tail: string | null): Promise<TagPair> {
  try {
    return await tagsOf(seals, keys, code, tail)
  } catch (error) {
    log.error({ err: error }, 'code-hash')
    return { tag: '', tailTag: null }
  }
}

function until(clock: TerminalClock, at: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(Math.max(at - clock.now(), 0), resolve)
  })
}
