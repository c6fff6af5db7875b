import { fileURLToPath } from 'node:url'
import { powerCutUnavailable } from './image.ts'
import { type PowerCutResult, type Round, runRounds } from './power-cut.ts'

export type TerminalRounds = {
  readonly rounds: number
  readonly longestMs?: number
  readonly report?: (round: Round) => void
}

/** Power cuts under the terminal's journal store; a text says why they cannot be played here. */
export async function runTerminalRounds({
  rounds,
  longestMs = 4_000,
  report,
}: TerminalRounds): Promise<PowerCutResult | string> {
  const reason = await powerCutUnavailable()
  if (reason !== undefined) return reason
  const script = fileURLToPath(new URL('../../terminal/journal/power-cut.ts', import.meta.url))
  const child = (...args: readonly string[]) => ({ file: process.execPath, args: ['--import', 'tsx', script, ...args] })
  return await runRounds({
    rounds,
    longestMs,
    megabytes: 64,
    writer: (disk) => child('write', disk),
    verifier: (disk, acknowledged) => child('verify', disk, String(acknowledged)),
    ...(report === undefined ? {} : { report }),
  })
}
