import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { CDPSession, Page } from 'playwright-core'
import { buildApps } from '@holdfast/apps/build/build.ts'
import { launchBrowser } from '../../browser/browser.ts'
import { against, beside, type Measure, type Measured } from '../figure.ts'
import { serveKiosk } from '../rigs/kiosk.testing.ts'
import { median } from '../statistics.ts'

const slowed = 6

/** What the touchscreen costs: bytes before it shows anything, and time from a key to its digit. */
export const measure: Measure = async ({ short }) => {
  const out = mkdtempSync(join(tmpdir(), 'holdfast-kiosk-'))
  try {
    await buildApps({ only: ['kiosk'], outFolder: out })
    const folder = join(out, 'kiosk')
    return [measureScripts(folder), await measureKeys(folder, short ? 30 : 150)]
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** The entry with all that it imports, and the one language that is shown first. */
function measureScripts(folder: string): Measured {
  const assets = join(folder, 'assets')
  const bytes = readdirSync(assets)
    .filter((name) => /^(index|zh)-.*\.js$/.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(assets, name))).length, 0)
  return against('kiosk-js', bytes / 1024, 'KB', 60)
}

const bare = `<!doctype html><style>button { width: 140px; height: 140px; font-size: 48px }</style>
<p id="shown" style="font-size: 64px; min-height: 80px"></p>
<div>${[1, 2, 3, 4, 5, 6, 7, 8, 9, 'clear', 0, 'erase'].map((key) => `<button>${key}</button>`).join('')}</div>`
/** All that a page without any framework does with a key. */
const bareKeys = `addEventListener('keydown', ({ key }) => {
  const shown = document.getElementById('shown')
  shown.textContent = key === 'Backspace' ? shown.textContent.slice(0, -1) : shown.textContent + key
})`

async function measureKeys(folder: string, samples: number): Promise<Measured> {
  const kiosk = await serveKiosk(folder)
  const browser = await launchBrowser()
  try {
    const open = async (url: string): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' })
      await page.goto(url)
      return page
    }
    const screen = await open(kiosk.url)
    await screen.waitForSelector('.hf-keypad')
    const plain = await open('about:blank')
    await plain.setContent(bare)
    await plain.evaluate(bareKeys)
    const own = await watch(screen)
    const peer = await watch(plain)
    const [taken, peers]: [number[], number[]] = [[], []]
    // In turn, so that what else this machine does falls on both.
    for (let sample = -5; sample < samples; sample += 1) {
      const [here, there] = [await own(), await peer()]
      if (sample >= 0) taken.push(here)
      if (sample >= 0) peers.push(there)
    }
    const figure = { name: 'kiosk-key-to-paint', value: median(taken), unit: 'ms', peer: median(peers) }
    return beside(figure, { atMost: 2 })
  } finally {
    await browser.close()
    await kiosk.stop()
  }
}

/** From the key's event to the end of the frame that shows it, on a CPU six times slower than this one. */
async function watch(page: Page): Promise<() => Promise<number>> {
  await page.bringToFront()
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowed })
  await page.evaluate(`addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => { window.painted = performance.now() - timeStamp }
      channel.port2.postMessage(0)
    })
  }, true)`)
  return async () => {
    await page.bringToFront()
    await page.evaluate('window.painted = 0')
    await page.keyboard.press('7')
    let took = 0
    for (let looks = 100; took === 0 && looks > 0; looks -= 1) took = Number(await page.evaluate('window.painted'))
    if (took === 0) throw new Error('a key was never painted')
    await page.keyboard.press('Backspace')
    await page.waitForTimeout(50)
    return took
  }
}
