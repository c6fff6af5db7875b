import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { browserSounds, chirpHz } from './sounds.ts'
import { openSpot, spotOf } from './spot.ts'

const read = <Value>(name: string): Value =>
  JSON.parse(readFileSync(new URL(`../../../wire/examples/${name}`, import.meta.url), 'utf8')) as Value
const site = read<Site>('kiosk-site.1.json')

describe('where a door sounds from', () => {
  it('is its side of the screen, and higher doors higher', () => {
    for (const left of site.layout.compartments) {
      const spot = spotOf(site.layout, left.id)
      expect(Math.abs(spot?.side ?? 9)).toBeLessThanOrEqual(1)
      for (const right of site.layout.compartments.filter(({ body }) => body === left.body)) {
        const other = spotOf(site.layout, right.id)
        if (left.front.xMm > right.front.xMm) expect(spot?.side).toBeGreaterThan((other?.side ?? 0) - 1e-9)
        const isHigher = left.front.yMm > right.front.yMm + right.front.heightMm
        if (isHigher && spot && other) expect(chirpHz(spot)).toBeGreaterThan(chirpHz(other))
      }
    }
  })

  it('is nowhere for a door that this cabinet does not have', () => {
    expect(spotOf(site.layout, 'cmp_none')).toBeNull()
  })

  it('is led to only while a door stands open for the person', () => {
    expect(openSpot(site, read<Show>('kiosk-show.1.pickup-open.json'))).not.toBeNull()
    for (const name of ['pickup-shut', 'pickup-opening', 'idle', 'idle-open-door', 'scan']) {
      expect(openSpot(site, read<Show>(`kiosk-show.1.${name}.json`))).toBeNull()
    }
    expect(openSpot(undefined, undefined)).toBeNull()
  })
})

describe('the tone of a door', () => {
  it('is one that everybody hears, however high the door is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (height) => {
        expect(chirpHz({ side: 0, height })).toBeGreaterThanOrEqual(520)
        expect(chirpHz({ side: 0, height })).toBeLessThanOrEqual(1_560)
      }),
    )
  })

  it('is missing without loudspeakers or volume, and nothing fails', () => {
    const sounds = browserSounds(() => 0)
    expect(() => sounds.key()).not.toThrow()
    vi.stubGlobal('AudioContext', undefined)
    expect(() => browserSounds(() => 1).door({ side: -1, height: 0.5 })).not.toThrow()
    vi.unstubAllGlobals()
  })
})
