import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { onPath } from '../check/parts.ts'

export interface BrowserProgram {
  readonly path: string
  /** What the packaged browser needs besides our own flags. */
  readonly args: readonly string[]
}

/** Ours to give: no sandbox as root, and no traffic but the one a test asked for. */
export const quietFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--mute-audio',
] as const

/** The build without a window first: the same engine, a seventh less work for each page. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The system's browser, else Debian's where we may install it, else the one that comes as a package. */
export async function findBrowser(): Promise<BrowserProgram> {
  const path = systemBrowser() ?? (await fromDebian())
  if (path) return { path, args: [] }
  const { default: chromium } = await import('@sparticuz/chromium')
  return {
    path: await chromium.executablePath(),
    args: chromium.args.filter((flag) => !/^--(headless|window-size|user-agent)/.test(flag)),
  }
}

export function systemBrowser(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const chosen = environment['CHROME_PATH']
  if (chosen && !existsSync(chosen)) throw new Error(`CHROME_PATH names ${chosen}, which does not exist`)
  return chosen ?? names.map((name) => onPath(name, environment['PATH'] ?? '')).find((found) => found !== undefined)
}

async function fromDebian(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !onPath('apt-get', process.env['PATH'] ?? '')) return undefined
  process.stderr.write('Installing chromium and fonts with apt-get …\n')
  const apt = (...args: string[]) =>
    promisify(execFile)('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  const install = (browser: string) => apt('install', '-y', '-qq', '--no-install-recommends', browser, 'fonts-noto-cjk')
  try {
    await apt('update', '-qq')
    // Older Debians have no build without a window.
    await install('chromium-headless-shell').catch(() => install('chromium'))
    return systemBrowser()
  } catch (error) {
    process.stderr.write(`apt-get could not: ${error instanceof Error ? error.message.split('\n')[0] : error}\n`)
    return undefined
  }
}
