import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { floor, nodeComplaint } from './node.mjs'

describe('the Node that runs Holdfast', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0'])('may be %s', (version) => {
    expect(nodeComplaint(version)).toBeUndefined()
  })

  it.each(['20.18.3', '18.20.4', '16.0.0'])('may not be %s, and the words say what to install', (version) => {
    expect(nodeComplaint(version)).toMatch(new RegExp(`needs Node 20\\.19 or newer; this is ${version}.*nodejs\\.org`))
  })

  it('is the one that package.json asks for', () => {
    const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(engines.node).toBe(`>=${floor.major}.${floor.minor}`)
  })
})
