import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive, openPlaces } from './places.ts'

const partsEndWithinMs = 15_000
const lookEveryMs = 100

/** Sees to it that nobody else lives in the folder: a town that runs is left alone, one that died is let end. */
export async function clearGround(folder: string, fresh: boolean, say: (line: string) => void): Promise<void> {
  const last = openPlaces(folder).read()
  if (last !== undefined && isAlive(last.pid) && (await answers(last.page))) {
    throw Object.assign(new Error(`The town is running already: ${last.page}`), { code: 'town-running' })
  }
  const waiting = last?.parts.filter(isAlive) ?? []
  if (waiting.length > 0) {
    say('The town was ended in a hurry; waiting for its last programs …')
    await endOf(waiting)
  }
  if (fresh) empty(folder)
}

async function answers(page: string): Promise<boolean> {
  const reply = await fetch(page, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  return reply?.ok === true
}

async function endOf(pids: readonly number[]): Promise<void> {
  const until = Date.now() + partsEndWithinMs
  while (pids.some(isAlive) && Date.now() < until) await pause(lookEveryMs)
}

/** Only what a town made is emptied: a folder with something else in it is refused. */
function empty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return
  if (!existsSync(join(folder, 'town.json'))) {
    throw Object.assign(new Error(`${folder} holds something that is no town; nothing was deleted.`), {
      code: 'no-town',
    })
  }
  rmSync(folder, { recursive: true, force: true })
}
