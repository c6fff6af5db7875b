import { fileURLToPath } from 'node:url'
import { powerCutUnavailable } from './image.ts'
import { type PowerCutResult, type Round, runRounds } from './power-cut.ts'

export type PgliteRounds = {
  readonly rounds: number
  readonly longestMs?: number
  readonly report?: (round: Round) => void
}

/** Power cuts under PGlite's durable adapter; a text says why they cannot be played here. */
export async function runPgliteRounds({
  rounds,
  longestMs = 4_000,
  report,
}: PgliteRounds): Promise<PowerCutResult | string> {
  const reason = await powerCutUnavailable()
  if (reason !== undefined) return reason
  const child = (name: string, ...args: readonly string[]) => ({
    file: process.execPath,
    args: [
      '--import',
      'tsx',
      fileURLToPath(new URL(`../../cloud/platform/postgres/${name}`, import.meta.url)),
      ...args,
    ],
  })
  return await runRounds({
    rounds,
    longestMs,
    megabytes: 512,
    writer: (disk) => child('power-cut.writer.ts', `${disk}/store`),
    verifier: (disk, acknowledged) => child('power-cut.verifier.ts', `${disk}/store`, String(acknowledged)),
    ...(report === undefined ? {} : { report }),
  })
}
