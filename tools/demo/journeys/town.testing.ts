import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { expectNoAxeFindings } from '../../browser/axe.ts'
import { screenshot, watchConsole } from '../../browser/browser.ts'
import { bundle } from '../../setup/bundle.mjs'
import { openPlaces, type Places } from '../plan/places.ts'

/** A town of real processes in a folder of its own, as `npm start` starts it. */
export interface JourneyTown {
  readonly places: Places
  /** Ends it as Ctrl-C does; throws where it does not end well. */
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

export async function startJourneyTown(): Promise<JourneyTown> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-town-'))
  const program = await bundle(root, 'tools/demo/main.ts')
  const child = spawn(process.execPath, ['--enable-source-maps', program, '--folder', folder, '--any-ports'], {
    env: { ...process.env, DATABASE_URL: '', MQTT_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await said(child, 'The town is running')
  const places = openPlaces(folder).read()
  if (places === undefined) throw new Error('the town runs nowhere')
  return {
    places,
    stop: async () => {
      const code = new Promise<number>((resolve) => child.once('exit', (value) => resolve(value ?? 1)))
      child.kill('SIGINT')
      const ended = await code
      rmSync(folder, { recursive: true, force: true })
      if (ended !== 0) throw new Error(`the town ended with ${ended}`)
    },
  }
}

/** Resolves once the program has said these words; throws with all that it said where it ends before. */
export function said(child: ChildProcess, words: string): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes(words)) resolve()
      })
    }
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}:\n${output}`)))
  })
}

/** A screen of the story: what it is called, and what must hold of it. */
export interface Watched {
  readonly page: Page
  readonly errors: readonly string[]
  /** Axe finds nothing, and a picture is kept. */
  look(name: string): Promise<void>
  press(name: string | RegExp): Promise<void>
  reads(text: string | RegExp): Promise<void>
}

interface View {
  readonly width: number
  readonly height: number
}
export const kioskView: View = { width: 1080, height: 1920 }
export const phoneView: View = { width: 390, height: 844 }
export const deskView: View = { width: 1440, height: 900 }

export async function openScreen(browser: Browser, url: string, viewport: View): Promise<Watched> {
  const context = await browser.newContext({
    viewport,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    permissions: ['camera'],
  })
  const page = await context.newPage()
  const errors = watchConsole(page)
  await page.goto(url)
  return {
    page,
    errors,
    look: async (name) => {
      await expectNoAxeFindings(page)
      await screenshot(page, `story-${name}`)
    },
    press: async (name) => await page.getByRole('button', { name }).first().click({ timeout: 20_000 }),
    reads: async (text) => await page.getByText(text).first().waitFor({ timeout: 20_000 }),
  }
}
