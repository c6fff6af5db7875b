import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../actors/watch.ts'
import { isAlive } from '../plan/places.ts'
import { type Part, startPart } from './part.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-part-'))
const running: Part[] = []
afterEach(async () => {
  for (const part of running.splice(0)) await part.stop()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ready = `console.log(JSON.stringify({ ready: true, pid: process.pid })); setInterval(() => {}, 1000)`

function start(name: string, source: string) {
  const file = join(folder, `${name}.mjs`)
  const logFile = join(folder, `${name}.log`)
  writeFileSync(file, source)
  const said: string[] = []
  const readies: unknown[] = []
  const part = startPart({
    name,
    program: pathToFileURL(file),
    args: [],
    env: process.env,
    logFile,
    backOffMs: 10,
    say: (line) => said.push(line),
    changed: () => {},
    onReady: (line) => readies.push(line['pid']),
  })
  running.push(part)
  return { part, said, readies, log: () => readFileSync(logFile, 'utf8') }
}

describe('a part of the town', () => {
  it('is ready when it says so, and its words are kept', async () => {
    const { part, log } = start('fine', `console.log('warming up'); ${ready}`)
    expect(await part.ready).toMatchObject({ ready: true })
    expect(part.state()).toBe('running')
    await part.stop()
    expect(part.state()).toBe('stopped')
    expect(log()).toContain('warming up')
  })

  it('that never gets ready is not tried again, and its last words are told', async () => {
    const { part } = start('broken', `console.error('config-invalid: no'); process.exit(78)`)
    await expect(part.ready).rejects.toThrow(/exit code 78[^]*config-invalid: no/)
  })

  it('that crashes is said and started again', async () => {
    const { part, said, readies } = start('crashing', ready)
    await part.ready
    process.kill(part.pid() ?? 0, 'SIGKILL')
    await eventually(() => Promise.resolve(readies.length === 2 ? true : undefined), 'the second start')
    expect(said).toEqual([expect.stringContaining('crashing ended by itself (SIGKILL)')])
    expect(readies[0]).not.toBe(readies[1])
  })

  it('that will not hear is ended all the same when it is killed', async () => {
    const { part } = start('deaf', `process.on('SIGTERM', () => {}); ${ready}`)
    await part.ready
    const pid = part.pid() ?? 0
    part.kill()
    await eventually(() => Promise.resolve(isAlive(pid) ? undefined : true), 'its end')
  })

  it('ends with the town, however that ended', async () => {
    const tether = new URL('./tether.mjs', import.meta.url).href
    const { part } = start(
      'town',
      `import { fork } from 'node:child_process'
       import { writeFileSync } from 'node:fs'
       const file = ${JSON.stringify(join(folder, 'child.mjs'))}
       writeFileSync(file, 'setInterval(() => {}, 1000)')
       const child = fork(file, { execArgv: ['--import', ${JSON.stringify(tether)}], detached: true })
       child.once('spawn', () => console.log(JSON.stringify({ ready: true, pid: child.pid })))
       setInterval(() => {}, 1000)`,
    )
    const { pid } = await part.ready
    part.kill()
    await eventually(() => Promise.resolve(isAlive(Number(pid)) ? undefined : true), 'the end of the child')
  })
})
