/** One measured figure, printed as one line of JSON. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** A fixed bound, or what the same run measured beside it (a bare page, a replay, a slow hash). */
  readonly limit?: number
  readonly peer?: number
  /** What is judged. */
  readonly ratio?: number
  readonly [beside: string]: number | string | undefined
}

export interface Bound {
  readonly atMost?: number
  readonly atLeast?: number
}

/** What a measurement hands back: the figure, and the bound of its ratio where it has one. */
export interface Measured extends Bound {
  readonly figure: Figure
}

/** A part that this machine lacks (PostgreSQL, loop devices …) is no failure; it is named. */
export interface NotRun {
  readonly notRun: string
}

export interface BenchOptions {
  /** In CI: as short as still means something. */
  readonly short: boolean
  /** Whether any of these names was asked for: a figure that takes minutes is not measured for the sake of another. */
  readonly wants: (...names: readonly string[]) => boolean
}

/** One module in figures/ may measure several figures in one run. */
export type Measure = (options: BenchOptions) => Promise<readonly (Measured | NotRun)[]>

export interface Registration {
  /** The names that it prints, for `--only`. */
  readonly names: readonly string[]
  /** Imported only when it runs, so that no figure pays for another's parts. */
  readonly load: () => Promise<{ readonly measure: Measure }>
  /** Needs rights or hours that not every run has: runs only when its flag stands in the command. */
  readonly flag?: string
  /** Minutes of people's and networks' time that no machine shortens: the short form names it and leaves it out. */
  readonly longOnly?: true
}

/** A figure against a fixed bound: its ratio is value to limit, at most 1. */
export const against = (name: string, value: number, unit: string, limit: number): Measured => ({
  figure: { name, value: rounded(value), unit, limit, ratio: rounded(value / limit) },
  atMost: 1,
})

/** A figure against what the same run measured beside it. */
export const beside = (
  figure: { name: string; value: number; unit: string; peer: number },
  bound: Bound,
): Measured => ({
  figure: {
    ...figure,
    value: rounded(figure.value),
    peer: rounded(figure.peer),
    ratio: rounded(figure.value / figure.peer),
  },
  ...bound,
})

/** A ratio that is no number is out of every bound. */
export function isInBounds({ figure: { ratio }, atMost, atLeast }: Measured): boolean {
  if (atMost === undefined && atLeast === undefined) return true
  return ratio !== undefined && ratio <= (atMost ?? Infinity) && ratio >= (atLeast ?? -Infinity)
}

export const rounded = (value: number): number => Number(value.toPrecision(4))
