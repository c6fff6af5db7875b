import { isThere, type Net, nets } from './nets.ts'
import { runNode } from './program.ts'

/** Two at once: most machines that check have two cores. */
const atOnce = 2

type Verdict = 'passed' | 'failed' | 'not run'

async function cast(net: Net): Promise<Verdict> {
  if (!isThere(net)) {
    console.log(`not run: ${net.name} (${net.needs} does not exist yet)`)
    return 'not run'
  }
  const { code, output, tookMs } = await runNode({ args: net.args })
  const doubt = code === 0 ? net.doubt?.(output) : undefined
  const verdict = code === 0 && !doubt ? 'passed' : 'failed'
  console.log(`${verdict}  ${net.name.padEnd(14)} ${(tookMs / 1000).toFixed(1)} s`)
  if (verdict === 'failed' || net.name === 'tidy') console.log(indent(doubt ?? output))
  return verdict
}

const indent = (text: string): string => text.trimEnd().replaceAll(/^/gm, '    ')

const waiting = [...nets]
const verdicts: Verdict[] = []
async function worker(): Promise<void> {
  for (let net = waiting.shift(); net; net = waiting.shift()) verdicts.push(await cast(net))
}

await Promise.all(Array.from({ length: atOnce }, worker))
const count = (verdict: Verdict): number => verdicts.filter((found) => found === verdict).length
console.log(`${count('passed')} passed, ${count('failed')} failed`)
process.exitCode = count('failed') > 0 ? 1 : 0
