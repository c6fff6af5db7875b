import { startMosquitto } from '../bench/rigs/broker.ts'
import { type Late, sendLateOrders } from './late.testing.ts'
import { type Fault, faults } from './proxy.ts'
import { playScene } from './scene.testing.ts'
import { clock, type Link, links, openPartitionTown, type PartitionTown } from './town.testing.ts'

// npm run partition -- [--short] [--link NAME] [--fault NAME] [--rounds N] [--late]     --late: the late orders alone.
// DATABASE_URL names another PostgreSQL.
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const short = process.argv.includes('--short')
const [forMs, facts, usual, lateOrders] = short ? [1_000, 200, 1, 32] : [15_000, 10_000, 3, 1_000]
const rounds = Number(option('rounds') ?? usual)
if (process.argv.includes('--late')) process.exit(await playLate())
const town = await openPartitionTown(process.env['DATABASE_URL'] || 'postgres://127.0.0.1:5432/postgres')
if (typeof town === 'string') {
  console.log(JSON.stringify({ notRun: `partition (${town})` }))
  process.exit(0)
}

const wanted = (link: Link, fault: Fault): boolean =>
  (option('link') ?? link) === link && (option('fault') ?? fault) === fault
const scenes = links.flatMap((link) => faults.flatMap((fault) => (wanted(link, fault) ? [{ link, fault }] : [])))
const failed: string[] = []
let slowestMs = 0
for (const scene of Array.from({ length: rounds }, () => scenes).flat()) await play(town, scene)
await town.stop()
const played = scenes.length * rounds
console.log(
  JSON.stringify({
    name: 'partition',
    scenes: played,
    failed,
    slowestMs: Math.round(slowestMs),
    facts: facts * played,
  }),
)
process.exit(failed.length > 0 ? 1 : 0)

async function play(at: PartitionTown, { link, fault }: { readonly link: Link; readonly fault: Fault }): Promise<void> {
  const name = `${link} ${fault}`
  try {
    const { agreedMs, violations } = await playScene(at, { link, fault, forMs, facts })
    slowestMs = Math.max(slowestMs, agreedMs)
    if (violations.length > 0) failed.push(name)
    console.error(`${name}: agreed after ${Math.round(agreedMs)} ms${violations.map((one) => `\n  ${one}`).join('')}`)
  } catch (error) {
    failed.push(name)
    at.proxies[link].heal()
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Orders that come when their nonce is dead: each refused, no door moved; those in time open. */
async function playLate(): Promise<number> {
  const broker = await startMosquitto()
  if (broker === undefined) {
    console.log(JSON.stringify({ notRun: 'late orders (no Mosquitto)' }))
    return 0
  }
  const late = await sendLateOrders(broker, lateOrders, clock)
  broker.stop()
  console.log(JSON.stringify({ name: 'late-orders', ...late }))
  return isRefused(late) ? 0 : 1
}

function isRefused({ sent, refused, pulses, timely }: Late): boolean {
  return sent > 0 && refused === sent && pulses === 0 && timely.pulsed === timely.sent
}
