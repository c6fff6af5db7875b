import { startMosquitto } from '../bench/rigs/broker.ts'
import type { Planted } from '../bench/rigs/plan.ts'
import { type KindName, parseCommand } from './command.ts'
import { isSound, type Kind, playRounds, type Summary } from './rounds.ts'
import { openTerminalKind } from './terminal.testing.ts'

// npm run crash -- [--short] [--only KIND[,KIND]] [--rounds N] [--minutes N]
const command = parseCommand(process.argv.slice(2))
const broker = await startMosquitto()
if (broker === undefined) {
  console.log(JSON.stringify({ notRun: 'crash (no Mosquitto)' }))
  process.exit(0)
}
const { url } = broker
const openers: Readonly<Record<KindName, (planted?: Planted) => Promise<Kind>>> = {
  terminal: (planted) => openTerminalKind(url, planted),
}
/** What each kind must find in this many rounds, or its silence says nothing. */
const plants: Readonly<Record<KindName, readonly Planted[]>> = { terminal: ['synced-late', 'pulsed-again'] }
const roundsToFind = 10

const summaries: Record<string, Summary> = {}
const found: Record<string, number> = {}
const failed: string[] = []
for (const name of command.only) {
  summaries[name] = await play(name)
  for (const planted of plants[name]) await find(name, planted)
}
broker.stop()
console.log(JSON.stringify({ name: 'crash', ...summaries, found, failed }))
process.exit(failed.length > 0 ? 1 : 0)

async function play(name: KindName): Promise<Summary> {
  const kind = await openers[name]()
  const endsAt = performance.now() + command.minutes * 60_000
  const summary = await playRounds(kind, {
    rounds: command.rounds(name),
    say: (line) => console.error(`${name} ${line}`),
    isLate: () => performance.now() > endsAt,
  })
  await kind.stop()
  if (!isSound(summary)) failed.push(name)
  return summary
}

async function find(name: KindName, planted: Planted): Promise<void> {
  const kind = await openers[name](planted)
  let rounds = 0
  let isFound = false
  while (!isFound && rounds < roundsToFind) {
    rounds += 1
    const round = await kind.round()
    isFound = (planted === 'pulsed-again' ? round.secondPulses : round.lost).length > 0
  }
  await kind.stop()
  console.error(`${name} ${planted}: ${isFound ? `found in round ${rounds}` : `not found in ${rounds} rounds`}`)
  if (isFound) found[planted] = rounds
  else failed.push(`${name} ${planted}`)
}
