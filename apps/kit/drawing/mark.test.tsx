import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Mark, type MarkName } from './mark.tsx'

const names: readonly MarkName[] = [
  'free',
  'held',
  'loaded',
  'suspect',
  'retired',
  'shut',
  'unlatched',
  'open',
  'stuck',
  'unseen',
  'online',
  'stale',
]
const draw = (name: MarkName): string => renderToStaticMarkup(<Mark name={name} />)
/** The forms alone: what is left for an eye that sees no colour. */
const outline = (name: MarkName): string =>
  [...draw(name).matchAll(/ (?:d|cx|cy|r|x|y|width|height)="([^"]*)"/g)].map(([, value]) => value).join(' ')

describe('the marks', () => {
  it.each(names)('%s is told by its outline alone: no other has the same', (name) => {
    const twins = names.filter((other) => other !== name && outline(other) === outline(name))
    expect(outline(name)).not.toBe('')
    expect(twins).toEqual([])
  })

  it.each(names)('%s has no colour of its own: themes give it', (name) => {
    expect(draw(name)).not.toMatch(/fill=|stroke=|style=|#[0-9a-f]{3}/)
  })

  it.each(names)('%s stays on its grid of 24', (name) => {
    const starts = [...draw(name).matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)])
    for (const place of starts) {
      expect(place).toBeGreaterThanOrEqual(0)
      expect(place).toBeLessThanOrEqual(24)
    }
  })

  it('call for a hand by a class of their own, and nothing else does', () => {
    const calling = names.filter((name) => /hf-mark-(act|warn|danger)/.test(draw(name)))
    expect(calling).toEqual(['suspect', 'open', 'stuck'])
  })
})
