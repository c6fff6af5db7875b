import type { Cause, CauseKind } from '@holdfast/core/access/cause.ts'
import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import type { PulseFailure } from '@holdfast/core/door/door.ts'
import type { UnlockResult } from '../boards/board.ts'
import type { Clock } from '../boards/line/clock.ts'
import type { Log } from '../platform/log.ts'

/** A journaled, synced intent. */
export interface Intent {
  /** Its number in the journal. */
  readonly seq: number
  readonly cause: Cause
  readonly lock: LockAddress
  /** On running time: core's own spacing. */
  readonly notBefore: number
}

export type PulseEnd = 'sent' | PulseFailure

/** The boards below: they keep spacing, gaps, cool-downs and one coil at a time, and send nothing twice. */
export interface Coils {
  unlock(lock: LockAddress): Promise<UnlockResult>
  setService(on: boolean): void
}

export interface Gate {
  /** Resolves when the pulse is over or certainly will not come; never rejects. */
  fire(intent: Intent): Promise<PulseEnd>
  serviceSwitch(closed: boolean): void
}

export interface GatePorts {
  readonly coils: Coils
  readonly clock: Clock
  /** Running time in milliseconds. */
  readonly now: () => number
  readonly log: Log
}

/** What the journal says of openings before this start. */
export interface GatePast {
  /** Intents up to this number are history: after a restart doors are read, never pulsed. */
  readonly head: number
  readonly openings: readonly { readonly cause: CauseKind; readonly at: number }[]
}

type Purse = 'pickup' | 'courier' | 'remote' | 'service' | 'release'

const purses: Readonly<Record<CauseKind, Purse>> = {
  deposit: 'courier',
  recall: 'courier',
  look: 'courier',
  pickup: 'pickup',
  order: 'remote',
  service: 'service',
  emergency: 'release',
}

/** Law 13 once more, on purpose not core's table: whoever asks and whatever core says, not more than this. */
const limits: Readonly<Record<Purse, { readonly openings: number; readonly withinMs: number }>> = {
  pickup: { openings: 20, withinMs: 60_000 },
  courier: { openings: 20, withinMs: 60_000 },
  remote: { openings: 5, withinMs: 600_000 },
  service: { openings: 120, withinMs: 60_000 },
  // Law 17: nothing but the spacing of the coils holds it.
  release: { openings: Number.POSITIVE_INFINITY, withinMs: 60_000 },
}

/**
 * The last place before the coils. One pulse for one intent (law 2): numbers only rise, so an intent that comes a
 * second time, or from before the start, finds the gate shut.
 */
export function createGate({ coils, clock, now, log }: GatePorts, past: GatePast): Gate {
  const spent = past.openings.map(({ cause, at }) => ({ purse: purses[cause], at }))
  let lastSeq = past.head
  let switchClosed = false
  let inHand = 0
  let serviceInHand = 0

  const withheld = (seq: number, why: string): PulseEnd => {
    log.error({ seq, why }, 'pulse-withheld')
    return 'withheld'
  }
  const hasRoom = (purse: Purse, at: number): boolean => {
    const { openings, withinMs } = limits[purse]
    return spent.filter((opening) => opening.purse === purse && at < opening.at + withinMs).length < openings
  }
  /** Service mode lifts the spacing only, and only while nobody else waits for a door. */
  const setService = (): void => {
    coils.setService(switchClosed && inHand > 0 && serviceInHand === inHand)
  }

  return {
    fire: async ({ seq, cause, lock, notBefore }) => {
      if (seq <= lastSeq) return withheld(seq, 'repeated')
      lastSeq = seq
      const purse = purses[cause.kind]
      const at = now()
      while (spent[0] !== undefined && spent[0].at + limits.remote.withinMs <= at) spent.shift()
      if (!hasRoom(purse, at)) return withheld(seq, 'budget')
      if (purse === 'service' && !switchClosed) return withheld(seq, 'switch-open')
      spent.push({ purse, at })
      const service = Number(purse === 'service')
      inHand += 1
      serviceInHand += service
      setService()
      try {
        if (notBefore > at) await wait(clock, notBefore - at)
        return endOf(await coils.unlock(lock))
      } catch (error) {
        log.error({ seq, err: error }, 'pulse-failed')
        return 'silent'
      } finally {
        inHand -= 1
        serviceInHand -= service
        setService()
      }
    },
    serviceSwitch: (closed) => {
      switchClosed = closed
      setService()
    },
  }
}

/** Where bytes may have left and no clean answer came, only the sensor can tell. */
function endOf(result: UnlockResult): PulseEnd {
  if (result.ok) return 'sent'
  const left = result.firstByteAtMs !== undefined
  switch (result.failure) {
    case 'silent':
    case 'garbled':
      return left ? result.failure : 'absent'
    case 'refused':
      return left ? 'refused' : 'withheld'
    case 'absent':
      return left ? 'silent' : 'absent'
  }
}

const wait = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve)
  })
