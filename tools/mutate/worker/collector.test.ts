import { describe, expect, it } from 'vitest'
import { createCollector } from './collector.ts'

function read() {
  const told: string[] = []
  const collector = createCollector()
  const tells = (what: string) => () => void told.push(what)
  collector.hook('beforeEach', tells('each'))
  collector.claim('first', tells('first'))
  collector.suite('inner', () => {
    collector.hook('beforeAll', () => tells('end'))
    collector.hook('afterEach', tells('after'))
    collector.claim('second', tells('second'))
    collector.claim('second', tells('second again'))
  })
  return { told, collector }
}
const plainly = async (_: string, tells: () => unknown): Promise<void> => {
  await tells()
}

describe('what a test file says', () => {
  it('is read without running any of it', () => {
    const { told, collector } = read()
    expect(collector.names()).toEqual(['first', 'inner > second', 'inner > second (2)'])
    expect(told).toEqual([])
  })

  it('is run as it stands, with its hooks around it', async () => {
    const { told, collector } = read()
    await collector.run(() => true, plainly)
    expect(told).toEqual(['each', 'first', 'each', 'second', 'after', 'each', 'second again', 'after', 'end'])
  })

  it('is run in part, and hooks of what is left out are not', async () => {
    const { told, collector } = read()
    await collector.run((name) => name === 'first', plainly)
    expect(told).toEqual(['each', 'first'])
  })

  it('cleans up behind a claim that fails', async () => {
    const { told, collector } = read()
    collector.suite('broken', () => {
      collector.hook('afterEach', () => void told.push('cleaned'))
      collector.claim('fails', () => {
        throw new Error('so')
      })
    })
    await expect(collector.run((name) => name.startsWith('broken'), plainly)).rejects.toThrow('so')
    expect(told).toEqual(['each', 'cleaned'])
  })
})
