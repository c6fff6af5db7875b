import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildApps } from '@holdfast/apps/build/build.ts'
import { launchBrowser } from '../../browser/browser.ts'
import { bundle } from '../../setup/bundle.mjs'
import { against, type Measure, type Measured } from '../figure.ts'
import { startMosquitto } from '../rigs/broker.ts'
import { type CabinetRig, openCabinetRig } from '../rigs/cabinet.ts'
import { depositAll, enter, turnMs } from '../rigs/turns.ts'

const names = 'power-back, power-back-kiosk'
const [aloneLimitMs, kioskLimitMs] = [8_000, 60_000]
/** Thirty days, as long as entries are kept, of 40 deposits and pickups with some eighteen facts each. */
const fullEntries = 30 * 40 * 18
const root = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * After a power cut, on this machine: from the start of the terminal's process (bundled, as it is deployed) to the
 * unlock byte of a code that is typed as soon as the doors are seen; and to a fresh browser's idle screen. Of several
 * cuts the slowest counts.
 */
export const measure: Measure = async ({ short }) => {
  const broker = await startMosquitto()
  if (broker === undefined) return [{ notRun: `${names} (no Mosquitto)` }]
  const out = mkdtempSync(join(tmpdir(), 'holdfast-power-back-'))
  try {
    await buildApps({ only: ['kiosk'], outFolder: out })
    const script = await bundle(root, 'tools/bench/rigs/terminal.testing.ts')
    const rig = await openCabinetRig(broker.url, 2 ** 15, { kiosk: join(out, 'kiosk') })
    try {
      return await measureRounds(
        rig,
        script,
        short ? { rounds: 1, entries: fullEntries / 10 } : { rounds: 5, entries: fullEntries },
      )
    } finally {
      await rig.stop()
    }
  } finally {
    rmSync(out, { recursive: true })
    broker.stop()
  }
}

async function measureRounds(
  rig: CabinetRig,
  script: string,
  { rounds, entries }: Rounds,
): Promise<readonly Measured[]> {
  rig.cloud.tell('desired', { base: 0, version: 1, settings: readSettings(), putCards: [], dropCards: [] })
  const codes = await depositAll(rig, rounds)
  await rig.act(`fill ${entries}`)
  const [alone, withKiosk]: [number[], number[]] = [[], []]
  for (const code of codes) {
    await rig.powerCut(script)
    alone.push(await untilOpened(rig, code))
    withKiosk.push(await untilShown(rig, script))
    // The keypad counts running time, which goes on from the last entry: without one the last code was just typed.
    await sleep(turnMs)
    await rig.act('fill 2')
  }
  const beside = { entries, rounds }
  return [
    withEntries(against('power-back', Math.max(...alone), 'ms', aloneLimitMs), beside),
    withEntries(against('power-back-kiosk', Math.max(...withKiosk), 'ms', kioskLimitMs), beside),
  ]
}

interface Rounds {
  readonly rounds: number
  readonly entries: number
}

function readSettings(): object {
  const example = new URL('../../../wire/examples/desired.v1.json', import.meta.url)
  const { whole }: { whole: { settings: object } } = JSON.parse(readFileSync(example, 'utf8'))
  return whole.settings
}

async function untilOpened(rig: CabinetRig, code: string): Promise<number> {
  const began = performance.now()
  while (!(await rig.act<boolean>('doors'))) await sleep(20)
  return performance.now() - began + (await enter(rig, code))
}

async function untilShown(rig: CabinetRig, script: string): Promise<number> {
  const began = performance.now()
  await rig.powerCut(script)
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
    await page.goto(await rig.act<string>('kiosk'))
    await page.waitForSelector('.idle-doors')
    return performance.now() - began
  } finally {
    await browser.close()
  }
}

const withEntries = ({ figure, ...bound }: Measured, beside: Readonly<Record<string, number>>): Measured => ({
  figure: { ...figure, ...beside },
  ...bound,
})
