import { setTimeout as pause } from 'node:timers/promises'
import { against, type Measured } from '../figure.ts'

/** What a person needs for each thing done, in milliseconds: stated here, and really waited. */
export const human = {
  /** Looks, and knows what to touch. */
  arrives: 2_000,
  touches: 1_000,
  key: 400,
  /** The phone's own camera over the screen. */
  scans: 2_000,
  walks: 3_000,
  takes: 3_000,
  shuts: 1_000,
  /** By ear: along the cabinet, following the sound. */
  finds: 8_000,
  /** To hear one letter of what is spoken. */
  letter: 65,
} as const

export const visitLimits = { code: 20, phone: 15, speech: 60, machine: 2 } as const

/** One person's visit: their own time and the machine's are counted apart. */
export interface Visit {
  person(...times: readonly number[]): Promise<void>
  /** Waits for the machine; a person meanwhile only waits. */
  machine<Value>(wait: () => Promise<Value>): Promise<Value>
  figures(name: 'code' | 'phone' | 'speech'): readonly Measured[]
}

export function beginVisit(): Visit {
  let [personMs, machineMs] = [0, 0]
  return {
    person: async (...times) => {
      const ms = times.reduce((sum, time) => sum + time, 0)
      personMs += ms
      await pause(ms)
    },
    machine: async (wait) => {
      const from = performance.now()
      const value = await wait()
      machineMs += performance.now() - from
      return value
    },
    figures: (name) => [
      against(`recipient-${name}`, (personMs + machineMs) / 1000, 's', visitLimits[name]),
      against(`recipient-${name}-machine`, machineMs / 1000, 's', visitLimits.machine),
    ],
  }
}
