import { LawBroken } from './checks/law.ts'
import { simulate } from './world.ts'

// npm run simulate -- [--seeds A..B | --seed N] [--minutes 10]
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const [first = '1', last = first] = (option('seed') ?? option('seeds') ?? '1..10').split('..')
const minutes = Number(option('minutes') ?? 10)
const seeds = Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i)
if (!seeds.every(Number.isSafeInteger) || seeds.length === 0 || !(minutes > 0)) {
  console.error('usage: simulate [--seeds A..B | --seed N] [--minutes 10]')
  process.exit(64)
}

const failed: number[] = []
let entries = 0
let pulses = 0
for (const seed of seeds) {
  try {
    const lived = await simulate({ seed, minutes })
    entries += lived.entries
    pulses += lived.pulses
    console.error(`seed ${seed}: ${lived.entries} entries, ${lived.pulses} pulses, trace ${lived.trace.slice(0, 16)}`)
  } catch (error) {
    failed.push(seed)
    console.error(`seed ${seed}: ${error instanceof LawBroken ? error.message : String(error)}`)
    console.error(`again: npm run simulate -- --seed ${seed} --minutes ${minutes}`)
  }
}
console.log(JSON.stringify({ name: 'simulate', seeds: seeds.length, minutes, entries, pulses, failed }))
process.exitCode = failed.length > 0 ? 1 : 0
