import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { install, installComplaint, installNeed } from './install.mjs'

let root = ''
const lockFile = { name: 'empty', lockfileVersion: 3, packages: { '': { name: 'empty', version: '1.0.0' } } }
const silent = () => undefined

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-install-'))
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0' }))
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lockFile))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function installedByHand(secondsAfterLock: number) {
  mkdirSync(join(root, 'node_modules'))
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{}')
  const lockedAt = new Date('2026-01-01T00:00:00Z')
  utimesSync(join(root, 'package-lock.json'), lockedAt, lockedAt)
  const at = new Date(lockedAt.getTime() + secondsAfterLock * 1000)
  utimesSync(join(root, 'node_modules', '.package-lock.json'), at, at)
}

describe('what is installed', () => {
  it('is nothing in a fresh clone', () => {
    expect(installNeed(root)).toBe('install')
  })

  it('is taken as it is when someone ran npm after the lock file changed', async () => {
    installedByHand(60)
    expect(installNeed(root)).toBe('stamp')
    await install(root, silent)
    expect(installNeed(root)).toBe('ready')
  })

  it('is too old when the lock file is newer', () => {
    installedByHand(-60)
    expect(installNeed(root)).toBe('install')
  })

  it('is too old when the lock file says something else than at the last install', async () => {
    installedByHand(60)
    await install(root, silent)
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ ...lockFile, version: '2.0.0' }))
    expect(installNeed(root)).toBe('install')
  })

  it('comes from npm ci, with a word before and after', async () => {
    writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0', private: true }))
    const said: string[] = []
    mkdirSync(join(root, 'node_modules'))
    await install(root, (line) => said.push(line))
    expect(said[0]).toMatch(/^Installing 1 packages/)
    expect(said.at(-1)).toMatch(/^Installed in \d+ s/)
    expect(readFileSync(join(root, 'node_modules', '.holdfast-lock'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('leaves no stamp when npm refuses, and says what npm said', async () => {
    writeFileSync(
      join(root, 'package.json'),
      JSON.stringify({ name: 'empty', dependencies: { absent: 'file:./absent' } }),
    )
    await expect(install(root, silent)).rejects.toThrow(/npm ci failed:[^]*absent[^]*Delete node_modules/)
    expect(installNeed(root)).toBe('install')
  })
})

describe('the words for a failed install', () => {
  it.each([
    'npm error code ENOTFOUND',
    'npm error code EAI_AGAIN',
    'npm error errno ETIMEDOUT',
    'npm error code ECONNREFUSED',
  ])('name the network for "%s"', (output) => {
    expect(installComplaint(output)).toMatch(/registry does not answer[^]*Connect this machine[^]*proxy/)
  })

  it('repeat anything else as npm said it', () => {
    expect(installComplaint('npm error code ENOSPC')).toMatch(/npm ci failed:\nnpm error code ENOSPC/)
  })
})
