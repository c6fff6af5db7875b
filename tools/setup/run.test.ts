import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloudFlags, townFlags } from './flags.mjs'

// A small repository of its own, so that no verb of the real one has to run.
let root = ''
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-run-'))
  cpSync(fileURLToPath(new URL('.', import.meta.url)), join(root, 'tools/setup'), { recursive: true })
  for (const folder of ['tools/check', 'cloud', 'simulator', 'elsewhere', 'node_modules'])
    mkdirSync(join(root, folder), { recursive: true })
  for (const name of ['tsx', 'esbuild', '@esbuild', 'get-tsconfig', 'resolve-pkg-maps']) {
    symlinkSync(join(modules, name), join(root, 'node_modules', name))
  }
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'tsconfig.json'), '{}')
  writeFileSync(join(root, 'package-lock.json'), '{"packages":{}}')
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{}')
  const report = `const [args, flags] = [process.argv.slice(2), process.execArgv]
const said: string = JSON.stringify(args[0] === '--flags' ? { flags } : { args, cwd: process.cwd() })
console.log(said)
`
  writeFileSync(join(root, 'tools/check/main.ts'), `${report}process.exit(7)`)
  for (const bundled of ['cloud', 'simulator']) writeFileSync(join(root, bundled, 'main.ts'), report)
  writeFileSync(
    join(root, 'tools/check/test.ts'),
    "process.once('SIGTERM', () => process.exit(5))\nsetInterval(() => 0, 1000)\nconsole.log('ready')",
  )
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const start = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'tools/setup/run.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, INIT_CWD: join(root, 'elsewhere') },
    encoding: 'utf8',
  })

describe('a verb', () => {
  it('hands on the arguments, the folder of the caller and the exit code', () => {
    const { stdout, status } = start('check', '--only', 'a b')
    expect(JSON.parse(stdout)).toEqual({ args: ['--only', 'a b'], cwd: join(root, 'elsewhere') })
    expect(status).toBe(7)
  })

  it('runs a bundle where the start must be quick', () => {
    const { stdout, status } = start('cloud', 'town.json')
    expect(JSON.parse(stdout)).toEqual({ args: ['town.json'], cwd: join(root, 'elsewhere') })
    expect(status).toBe(0)
  })

  it('gives a cloud and a town room for young objects, and nobody else', () => {
    const flagsOf = (verb: string): unknown => JSON.parse(start(verb, '--flags').stdout).flags
    expect(flagsOf('cloud')).toEqual([...cloudFlags, '--enable-source-maps'])
    expect(flagsOf('simulate')).toEqual([...townFlags, '--enable-source-maps'])
    expect(flagsOf('check')).not.toContain(cloudFlags[0])
  })

  it('that is unknown gets the list of known ones', () => {
    const { stderr, status } = start('dance')
    expect(stderr).toMatch(/Usage: .*start\|cloud\|terminal\|test/)
    expect(status).toBe(1)
  })

  it('whose program is missing says so by name', () => {
    const { stderr, status } = start('vectors')
    expect(stderr).toContain('not run: vectors')
    expect(status).toBe(1)
  })

  it('passes on the signal that ends it, and the code the program ends with', async () => {
    const child = spawn(process.execPath, [join(root, 'tools/setup/run.mjs'), 'test'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.stdout.once('data', () => child.kill('SIGTERM'))
    const code = await new Promise((resolve) => child.once('exit', resolve))
    expect(code).toBe(5)
  })
})
