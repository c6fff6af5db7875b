import { isJournalFailure } from '../journal/failure.ts'
import type { Log } from '../platform/log.ts'
import type { Reserve } from '../platform/reserve.ts'
import type { JournalHealth } from './loop.ts'

/** `deposit`: takes something in, and gives way first. */
export type Writing = 'deposit' | 'other'
export type GuardRefusal = 'journal-full' | 'journal-failing' | 'journal-forked'

export type Written<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: GuardRefusal }

/**
 * Nothing happens in the world that the journal did not take. A full disk first costs the deposits and gives up
 * the reserve, so that pickups go on; a disk that takes nothing stops everything until it does again.
 */
export interface Guard {
  write<Value>(writing: Writing, append: () => Value): Written<Value>
  /** Undefined where the disk gives nothing just now: whoever needs it asks again later. */
  read<Value>(ask: () => Value): Value | undefined
  health(): JournalHealth
  /** Takes the reserve back where there is room again, and tells whether the state improved. */
  recover(probe: () => void): boolean
  /** The cloud holds another history under our numbers: no deposits from here on. */
  fork(): void
  forked(): boolean
  onChange(listener: () => void): void
}

export function createGuard(reserve: Reserve, log: Log): Guard {
  const mood = createMood(reserve.refill() ? 'ok' : 'full', log)
  const attempt = <Value>(append: () => Value): Written<Value> | 'disk-full' => attempted(append, mood, log)
  let isForked = false

  const whenFull = <Value>(writing: Writing, append: () => Value): Written<Value> => {
    const hadSpace = reserve.release()
    mood.become('full')
    if (writing === 'deposit') return { ok: false, refusal: 'journal-full' }
    const again = hadSpace ? attempt(append) : 'disk-full'
    if (again !== 'disk-full') return again
    mood.become('failing')
    return { ok: false, refusal: 'journal-failing' }
  }
  return {
    write: (writing, append) => {
      if (writing === 'deposit' && isForked) return { ok: false, refusal: 'journal-forked' }
      if (writing === 'deposit' && mood.health() === 'full') return { ok: false, refusal: 'journal-full' }
      const written = attempt(append)
      if (written === 'disk-full') return whenFull(writing, append)
      if (written.ok && mood.health() === 'failing') mood.become('full')
      return written
    },
    read: (ask) => asked(ask, log),
    health: mood.health,
    recover: (probe) => {
      const before = mood.health()
      if (before === 'failing') {
        const written = attempt(probe)
        if (written === 'disk-full' || !written.ok) return false
        mood.become('full')
      }
      if (mood.health() === 'full' && reserve.refill()) mood.become('ok')
      return before !== mood.health()
    },
    fork: () => {
      if (isForked) return
      isForked = true
      log.error({ code: 'journal-forked' }, 'journal-health')
      mood.changed()
    },
    forked: () => isForked,
    onChange: mood.onChange,
  }
}

interface Mood {
  health(): JournalHealth
  become(next: JournalHealth): void
  changed(): void
  onChange(listener: () => void): void
}

function createMood(first: JournalHealth, log: Log): Mood {
  let health = first
  let listen = (): void => {}
  return {
    health: () => health,
    become: (next) => {
      if (next === health) return
      health = next
      log.warn({ journal: next }, 'journal-health')
      listen()
    },
    changed: () => {
      listen()
    },
    onChange: (listener) => {
      listen = listener
    },
  }
}

function attempted<Value>(append: () => Value, mood: Mood, log: Log): Written<Value> | 'disk-full' {
  try {
    return { ok: true, value: append() }
  } catch (error) {
    if (!isJournalFailure(error)) throw error
    log.error({ code: error.code }, 'journal-write')
    if (error.code === 'journal-disk-full') return 'disk-full'
    mood.become('failing')
    return { ok: false, refusal: 'journal-failing' }
  }
}

/** A disk that cannot be read just now may still take what happens: health is what it takes. */
function asked<Value>(ask: () => Value, log: Log): Value | undefined {
  try {
    return ask()
  } catch (error) {
    if (!isJournalFailure(error)) throw error
    log.error({ code: error.code }, 'journal-read')
    return undefined
  }
}
