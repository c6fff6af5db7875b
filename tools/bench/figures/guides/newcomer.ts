import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { said } from '../../../demo/journeys/town.testing.ts'
import { openPlaces } from '../../../demo/plan/places.ts'
import { deposit, finish, signInByGrant, takeOut, typeCode } from '../../../demo/tour/moves/at-kiosk.ts'
import { announce, noticeOf, parcelIs } from '../../../demo/tour/moves/in-cloud.ts'
import { setStage, type Stage } from '../../../demo/tour/stage.ts'
import { against, type Measure } from '../../figure.ts'

const limitSeconds = 180
const repository = fileURLToPath(new URL('../../../..', import.meta.url))

/** A newcomer's script: clone, `npm start`, a parcel in and out again. Packages come from where npm gets them. */
export const measure: Measure = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-newcomer-'))
  const clone = join(folder, 'holdfast')
  const began = performance.now()
  await promisify(execFile)('git', ['clone', '-q', repository, clone])
  const town = start(clone)
  try {
    await said(town, 'The town is running')
    const runningMs = performance.now() - began
    const places = openPlaces(join(clone, '.town')).read()
    if (places === undefined) throw new Error('the town runs nowhere')
    const stage = await setStage(places)
    await inAndOut(stage)
    stage.leave()
    const { figure, ...bound } = against('newcomer', (performance.now() - began) / 1_000, 's', limitSeconds)
    return [{ figure: { ...figure, townRunning: Math.round(runningMs / 1_000) }, ...bound }]
  } finally {
    await end(town)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Nothing of this run's own surroundings goes with it: neither servers nor the folder that npm was called in. */
function start(clone: string): ChildProcess {
  const bare = { DATABASE_URL: undefined, MQTT_URL: undefined, INIT_CWD: undefined }
  return spawn('npm', ['start', '--', '--any-ports'], {
    cwd: clone,
    detached: true,
    // oxlint-disable-next-line node/no-process-env -- the program's own, without what would lead it elsewhere.
    env: { ...process.env, ...bare },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function inAndOut(stage: Stage): Promise<void> {
  await announce(stage, 'first-of-all', { recipient: 'mia', size: 'S', cabinet: 'north' })
  await signInByGrant(stage, 'north')
  await deposit(stage, 'north', 'first-of-all')
  await finish(stage, 'north')
  await typeCode(stage, 'north', await noticeOf(stage, 'first-of-all', 'mia'))
  await takeOut(stage, 'first-of-all')
  await stage.kiosks.north.touch({ kind: 'all-good' })
  await parcelIs(stage, 'first-of-all', 'collected')
}

/** npm passes no signal on to what it started: the whole group gets it, as at a terminal. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGINT')
  await ended
}
