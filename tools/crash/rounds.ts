import { p99 } from './judge.ts'

/** What one crash left, as it is found when the program is ready again. */
export interface Round {
  /** Until it answers whoever asks. */
  readonly readyMs: number
  /** Until what the cabinet wrote before has been acknowledged too; a cabinet asks again after ten seconds of its time. */
  readonly caughtUpMs: number
  /** Facts and people's answers that must still stand, of this life so far. */
  readonly acknowledged: number
  readonly pulses: number
  readonly lost: readonly string[]
  readonly secondPulses: readonly string[]
  /** Laws that the history checker finds broken. */
  readonly broken: readonly string[]
}

/** Something that crashes again and again under load. */
export interface Kind {
  round(): Promise<Round>
  /** What the last look finds broken. */
  stop(): Promise<readonly string[]>
}

export interface Summary {
  readonly rounds: number
  readonly acknowledged: number
  readonly pulses: number
  readonly lost: number
  readonly secondPulses: number
  readonly broken: number
  readonly readyP99Ms: number
  readonly readyLimitMs: number
  readonly caughtUpP99Ms: number
}

const readyLimitMs = 3_000

/** Plays the rounds until they are done or the time is up; `say` hears of each what it left. */
export async function playRounds(
  kind: Kind,
  { rounds, say, isLate = () => false }: { rounds: number; say: (line: string) => void; isLate?: () => boolean },
): Promise<Summary> {
  const played: Round[] = []
  while (played.length < rounds && !isLate()) {
    const round = await kind.round()
    played.push(round)
    const wrong = [...round.lost, ...round.secondPulses, ...round.broken]
    const { acknowledged, pulses, readyMs } = round
    say(`${played.length}: ready after ${Math.round(readyMs)} ms, ${acknowledged} acknowledged, ${pulses} pulses`)
    for (const each of wrong) say(`  ${each}`)
  }
  const broken = await kind.stop()
  for (const each of broken) say(`at the end: ${each}`)
  return summaryOf(played, broken)
}

/** A life's counts grow from round to round: what each round added is what it put at stake. */
export function summaryOf(rounds: readonly Round[], atTheEnd: readonly string[] = []): Summary {
  const grown = (count: (round: Round) => number): number =>
    rounds.reduce((sum, round, nth) => {
      const before = rounds[nth - 1]
      const [now, then] = [count(round), before === undefined ? 0 : count(before)]
      return sum + (now >= then ? now - then : now)
    }, 0)
  const found = (of: (round: Round) => readonly string[]): number => new Set(rounds.flatMap(of)).size
  const ready = rounds.map(({ readyMs }) => readyMs)
  return {
    rounds: rounds.length,
    acknowledged: grown(({ acknowledged }) => acknowledged),
    pulses: grown(({ pulses }) => pulses),
    lost: found((round) => round.lost),
    secondPulses: found((round) => round.secondPulses),
    broken: new Set([...rounds.flatMap(({ broken }) => broken), ...atTheEnd]).size,
    readyP99Ms: Math.round(p99(ready)),
    readyLimitMs,
    caughtUpP99Ms: Math.round(p99(rounds.map(({ caughtUpMs }) => caughtUpMs))),
  }
}

/** Nothing may be lost or done twice; how soon it is ready is a figure of a quiet machine. */
export const isSound = ({ rounds, lost, secondPulses, broken }: Summary): boolean =>
  rounds > 0 && lost + secondPulses + broken === 0
