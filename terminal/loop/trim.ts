import { after, days, type RunningMs } from '@holdfast/core/values/instants.ts'
import type { Journal } from '../journal/journal.ts'
import type { Guard } from './guard.ts'
import type { Time } from './time.ts'

/** How long entries stay here after the cloud has them: for whoever stands before the cabinet and has to know. */
export const entriesKept = days(30)
export const trimEvery = days(1)

export interface TrimPorts {
  readonly journal: Pick<Journal, 'trim'>
  readonly guard: Pick<Guard, 'write'>
  readonly time: Pick<Time, 'running'>
}

/** Keeps the disk from filling with what nobody needs: soon after each start, then once a day of running time. */
export function createTrimmer({ journal, guard, time }: TrimPorts): { trim(): void } {
  let next: RunningMs | undefined
  return {
    trim: () => {
      const now = time.running()
      if (next !== undefined && now < next) return
      const written = guard.write('other', () => {
        journal.trim(now, entriesKept)
      })
      if (written.ok) next = after(now, trimEvery)
    },
  }
}
