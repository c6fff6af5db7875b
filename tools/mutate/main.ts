import { diceOf } from '@holdfast/core/fuzz/fuzz.testing.ts'
import { parseCommand } from './command.ts'
import type { Mutant } from './mutants.ts'
import { ask, programOf, testsIn } from './run.ts'

// npm run mutate -- [--only PATH[,PATH]] [--tests PATH[,PATH]] [--share PER-CENT | --count N] [--seed N] [--least PER-CENT]
const command = parseCommand(process.argv.slice(2))
const program = programOf(command.only)
const count = Math.min(command.count, Math.ceil((program.mutants.length * command.share) / 100))
const chosen = drawn(program.mutants, count, command.seed)
const tests = testsIn(command.tests)
if (tests.length === 0) throw new Error(`no test file in ${command.tests.join(', ')}`)
const began = performance.now()
let told = 0
console.log(
  `${chosen.length} of ${program.mutants.length} mutants of ${program.codes.size} files, ${tests.length} test files`,
)
const { claims, leftOut, judged } = await ask(program, chosen, tests, (answers) => {
  const killed = answers.filter((answer) => answer.type === 'judged' && answer.killedBy !== null).length
  const done = answers.filter((answer) => answer.type === 'judged').length
  if (done > told) console.log(`  ${done} asked, ${killed} killed`)
  told = done
})
for (const each of leftOut) console.log(`not asked: ${each}`)
const byId = new Map(program.mutants.map((mutant) => [mutant.id, mutant]))
for (const { id, killedBy, reached } of judged) {
  const mutant = byId.get(id)
  if (killedBy === null && mutant !== undefined)
    console.log(`survives: ${said(mutant)}${reached === 0 ? ' (met by no claim)' : ''}`)
}
const killed = judged.filter(({ killedBy }) => killedBy !== null).length
const score = judged.length === 0 ? 0 : (100 * killed) / judged.length
const tookS = Math.round((performance.now() - began) / 1_000)
const { seed } = command
console.log(
  JSON.stringify({
    mutants: judged.length,
    killed,
    score: Number(score.toFixed(1)),
    of: program.mutants.length,
    claims,
    notAsked: leftOut.length,
    seed,
    tookS,
  }),
)
process.exitCode = judged.length > 0 && score >= command.least ? 0 : 1

function drawn(all: readonly Mutant[], most: number, seed_: number): readonly Mutant[] {
  const dice = diceOf(seed_)
  const left = [...all]
  const taken = Array.from({ length: most }, () => left.splice(dice.below(left.length), 1)[0])
  return taken.filter((mutant) => mutant !== undefined).sort((one, other) => one.id - other.id)
}

function said({ path, line, kind, from, to }: Mutant): string {
  const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 100)
  return `${path}:${line} ${kind}: ${short(from)} -> ${to === '' ? 'nothing' : short(to)}`
}
