import { startMosquitto } from '../bench/rigs/broker.ts'
import { type KindName, parseCommand } from './command.ts'
import { isSound, type Kind, playRounds, type Round, type Summary } from './rounds.ts'
import { openTerminalKind } from './terminal.testing.ts'
import { openTownKind } from './town.testing.ts'

/** A kind with a defect, and what it must find in so many rounds: or its silence says nothing. */
interface Plant {
  readonly name: string
  readonly open: () => Promise<Kind | string>
  readonly sees: (round: Round) => readonly string[]
}

interface Played {
  readonly open: () => Promise<Kind | string>
  readonly plants: readonly Plant[]
}

// npm run crash -- [--short] [--only KIND[,KIND]] [--rounds N] [--minutes N]
const command = parseCommand(process.argv.slice(2))
const roundsToFind = 20
const lostRow = { name: 'lost-row', open: () => openTownKind('cloud', 'lost-row'), sees: ({ lost }: Round) => lost }
const kinds: Readonly<Record<KindName, Played>> = {
  terminal: {
    open: () => openTerminal(),
    plants: [
      { name: 'synced-late', open: () => openTerminal('synced-late'), sees: ({ lost }) => lost },
      { name: 'pulsed-again', open: () => openTerminal('pulsed-again'), sees: ({ secondPulses }) => secondPulses },
    ],
  },
  cloud: { open: () => openTownKind('cloud'), plants: [lostRow] },
  postgres: { open: () => openTownKind('postgres'), plants: [] },
  broker: { open: () => openTownKind('broker'), plants: [] },
}

const summaries: Record<string, Summary> = {}
const found: Record<string, number> = {}
const failed: string[] = []
const notRun: string[] = []
if (command.atOnce) await Promise.all(command.only.map(playAll))
else for (const name of command.only) await playAll(name)
console.log(JSON.stringify({ name: 'crash', ...summaries, found, failed, notRun }))
process.exit(failed.length > 0 ? 1 : 0)

async function playAll(name: KindName): Promise<void> {
  const finding = async (): Promise<void> => {
    for (const plant of kinds[name].plants) await find(name, plant)
  }
  try {
    if (command.atOnce) await Promise.all([play(name), finding()])
    else if (await play(name)) await finding()
  } catch (error) {
    console.error(error)
    failed.push(name)
  }
}

/** False where this machine has not what it takes. */
async function play(name: KindName): Promise<boolean> {
  const kind = await kinds[name].open()
  if (typeof kind === 'string') {
    notRun.push(`${name} (${kind})`)
    return false
  }
  const endsAt = performance.now() + command.minutes * 60_000
  const summary = await playRounds(kind, {
    rounds: command.rounds(name),
    say: (line) => console.error(`${name} ${line}`),
    isLate: () => performance.now() > endsAt,
  })
  summaries[name] = summary
  if (!isSound(summary)) failed.push(name)
  return true
}

async function find(name: KindName, { name: planted, open, sees }: Plant): Promise<void> {
  const kind = await open()
  // What this machine has not is named by the rounds themselves.
  if (typeof kind === 'string') return
  let rounds = 0
  let isFound = false
  while (!isFound && rounds < roundsToFind) {
    rounds += 1
    isFound = sees(await kind.round()).length > 0
  }
  await kind.stop()
  console.error(`${name} ${planted}: ${isFound ? `found in round ${rounds}` : `not found in ${rounds} rounds`}`)
  if (isFound) found[planted] = rounds
  else failed.push(`${name} ${planted}`)
}

async function openTerminal(planted?: 'synced-late' | 'pulsed-again'): Promise<Kind | string> {
  const broker = await startMosquitto()
  if (broker === undefined) return 'no Mosquitto'
  const kind = await openTerminalKind(broker.url, planted)
  const stop = async (): Promise<readonly string[]> => {
    const broken = await kind.stop()
    broker.stop()
    return broken
  }
  return { ...kind, stop }
}
