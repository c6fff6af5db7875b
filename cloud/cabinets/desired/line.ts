import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { codeOf } from '../../platform/failure.ts'
import type { Log } from '../../platform/log.ts'

export type TellingLine = {
  /** Told everything when its turn comes; however often it asks before that, once. */
  readonly join: (cabinet: CabinetId) => void
  /** After all that are being told; who waits is told no more. */
  readonly stop: () => Promise<void>
}

/** Each telling takes several connections for a moment: the rest of them are for facts and people. */
export const toldAtOnce = 3

/**
 * Admission after a broker's restart: all of its cabinets ask in the same seconds. They need the answer soon, not now,
 * while facts and people's calls use the same database.
 */
export function createTellingLine(sendAll: (cabinet: CabinetId) => Promise<void>, log: Log): TellingLine {
  const waiting = new Set<CabinetId>()
  const telling = new Set<Promise<void>>()
  const tellNext = (): void => {
    const [cabinet] = waiting
    if (cabinet === undefined || telling.size >= toldAtOnce) return
    waiting.delete(cabinet)
    const told = sendAll(cabinet)
      // Its heartbeat shows an older version, or it asks again.
      .catch((error: unknown) => log.debug({ code: codeOf(error) }, 'a cabinet was not told'))
      .finally(() => {
        telling.delete(told)
        tellNext()
      })
    telling.add(told)
  }
  return {
    join: (cabinet) => {
      waiting.add(cabinet)
      tellNext()
    },
    stop: async () => {
      waiting.clear()
      await Promise.all(telling)
    },
  }
}
