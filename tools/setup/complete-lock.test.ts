import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { completed, missingFrom } from './complete-lock.mjs'

const lock = {
  packages: {
    '': {},
    'node_modules/tool': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { '@tool/darwin-arm64': '1.0.0', '@tool/linux-x64-musl': '^1.0.0' },
    },
  },
}

describe('the lock file', () => {
  it('names every platform of every optional package, so that npm ci takes it everywhere', () => {
    const ours = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))
    expect(missingFrom(ours)).toEqual([])
  })

  it('is seen to lack what a registry did not serve, and completed', () => {
    expect(missingFrom(lock).map(({ name }) => name)).toEqual(['@tool/darwin-arm64', '@tool/linux-x64-musl'])
    const { packages } = completed(lock)
    expect(packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '1.0.0',
      dev: true,
      optional: true,
      cpu: ['arm64'],
      os: ['darwin'],
    })
    expect(packages['node_modules/@tool/linux-x64-musl']).toMatchObject({ cpu: ['x64'], os: ['linux'], libc: ['musl'] })
    expect(missingFrom({ packages })).toEqual([])
  })
})
