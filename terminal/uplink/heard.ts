import { minutes, type RunningMs, runningMs } from '@holdfast/core/values/instants.ts'

export interface HeardPorts {
  readonly kept: ReadonlyMap<string, Uint8Array>
  readonly keep: (kept: ReadonlyMap<string, Uint8Array>) => void
  readonly now: () => RunningMs
}

/** When the cloud was last heard, on running time: a courier's certificate is good for a day from then. */
export interface Heard {
  at(): RunningMs | null
  /** A message that the cloud signed has come over the network. */
  hear(): void
}

const name = 'heard'
/** Between two writings; a restart forgets at most so much, to the safe side. */
export const keptEvery = minutes(10)

export function createHeard({ kept, keep, now }: HeardPorts): Heard {
  const before = kept.get(name)
  let written = before === undefined ? null : read(before)
  let at = written
  return {
    at: () => at,
    hear: () => {
      at = now()
      if (written !== null && at - written < keptEvery) return
      written = at
      keep(new Map([[name, new TextEncoder().encode(String(at))]]))
    },
  }
}

function read(bytes: Uint8Array): RunningMs | null {
  const value = Number(new TextDecoder().decode(bytes))
  return Number.isSafeInteger(value) && value >= 0 ? runningMs(value) : null
}
