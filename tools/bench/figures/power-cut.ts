import { runPgliteRounds } from '../../powercut/pglite.ts'
import type { PowerCutResult } from '../../powercut/power-cut.ts'
import { runTerminalRounds } from '../../powercut/terminal.ts'
import type { Measure, Measured, NotRun } from '../figure.ts'

/** Writes lost or corrupt after the power went, of all that were acknowledged: none may be. */
export const measure: Measure = async ({ short }) => {
  const rounds = short ? 2 : 30
  return [
    figureOf('power-cut-terminal', await runTerminalRounds({ rounds })),
    figureOf('power-cut-pglite', await runPgliteRounds({ rounds })),
  ]
}

function figureOf(name: string, result: PowerCutResult | string): Measured | NotRun {
  if (typeof result === 'string') return { notRun: `${name} (${result})` }
  const { rounds, acknowledged, lost, corrupt } = result
  const spoilt = lost + corrupt
  return {
    figure: { name, value: spoilt, unit: 'rounds', limit: 0, ratio: spoilt, rounds, acknowledged, lost, corrupt },
    atMost: 0,
  }
}
