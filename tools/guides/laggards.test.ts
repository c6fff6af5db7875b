import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readySeed } from '@holdfast/cloud/platform/postgres/pglite.testing.ts'
import { bundle } from '../setup/bundle.mjs'
import { commandsIn } from './commands.ts'
import { guide, root } from './set-up.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-laggards-'))
const config = join(folder, 'cloud.json')
let program: string
beforeAll(async () => {
  program = await bundle(root, 'cloud/main.ts')
  const [directory, gatewaySecret] = [join(folder, 'database'), 'at-least-16-characters']
  const notices = {
    publicUrl: 'http://127.0.0.1:1',
    phone: { kind: 'tray', url: 'http://127.0.0.1:1/tray' },
    gatewaySecret,
  }
  writeFileSync(config, JSON.stringify({ database: { directory }, notices }))
  cpSync(await readySeed(), directory, { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

const typed = (line: string) => {
  const words = line.replace('npm run cloud -- ', '').replace('/etc/holdfast/cloud.json', config).split(' ')
  const env = { ...process.env, DATABASE_URL: '' }
  const { status, stdout } = spawnSync(process.execPath, [program, ...words], { env, encoding: 'utf8' })
  return { status, said: stdout.trim().split('\n') }
}

it('are listed and retired by the lines of the guide, which end by themselves and start no cloud', () => {
  const nothing = 'nothing is kept for a consumer that lags'
  const lines = commandsIn(guide('deploy-it.md')).filter(({ line }) => line.includes('laggards'))
  expect(lines.map(({ line }) => typed(line))).toEqual([
    { status: 0, said: [nothing] },
    { status: 1, said: ['not retired: nothing is kept for the-name', nothing] },
  ])
  expect(typed(`${config} lagards`)).toMatchObject({ status: 2 })
})
