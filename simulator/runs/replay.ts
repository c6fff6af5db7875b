import { simulate, type Lived, type Run } from '../world.ts'
import { lawOf } from './report.ts'
import { shrink } from './shrink.ts'

const linesMax = 400
/** Fewer acts come later: those behind one another move up, but waits for a turn may grow. */
const marginMs = 10_000

/** A town again, as a story: what people did, what befell it, what the cabinets wrote down, and what broke. */
export async function tellStory(run: Run, say: (line: string) => void): Promise<Lived> {
  const lines: string[] = []
  const lived = await simulate({
    ...run,
    tell: (atMs, text) => {
      lines.push(`${timeOf(atMs)}  ${text}`)
      if (lines.length > linesMax) lines.shift()
    },
  })
  for (const line of lines) say(line)
  say(`${timeOf(lived.virtualMs)}  ${lived.failure === undefined ? 'every law held' : lived.failure.message}`)
  return lived
}

/** The fewest acts of a failing seed that break the same law. */
export async function shrinkRun(run: Run, failed: Lived): Promise<readonly Lived['acts'][number][]> {
  const law = failed.failure === undefined ? -1 : lawOf(failed.failure)
  return await shrink(failed.acts, async (acts) => {
    const { failure } = await simulate({ ...run, only: new Set(acts), stopAtMs: failed.virtualMs + marginMs })
    return failure !== undefined && lawOf(failure) === law
  })
}

function timeOf(ms: number): string {
  const [hours, minutes, seconds] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, (ms / 1_000) % 60]
  return `${hours}:${String(minutes).padStart(2, '0')}:${seconds.toFixed(3).padStart(6, '0')}`
}
