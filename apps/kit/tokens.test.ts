import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.themes.css', import.meta.url), 'utf8')

/** The colours of one theme, laid over those that it does not name. */
function themeOf(...selectors: readonly string[]): ReadonlyMap<string, string> {
  const colours = new Map<string, string>()
  for (const selector of selectors) {
    const start = css.indexOf(`${selector} {`)
    const block = start === -1 ? '' : css.slice(start, css.indexOf('}', start))
    for (const [, name = '', value = ''] of block.matchAll(/--([\w-]+): ([^;]+);/g)) colours.set(name, value)
  }
  return colours
}

const light = ':root'
const dark = ":root[data-theme='dark']"
const dim = ":root[data-theme='dark'][data-dim='yes']"
const contrast = ":root[data-theme='contrast']"

const hex = (text: string): readonly number[] => {
  const digits = text.length === 4 ? text.replaceAll(/[\da-f]/g, '$&$&') : text
  return [1, 3, 5].map((at) => Number.parseInt(digits.slice(at, at + 2), 16))
}

/** Red, green and blue of a token, followed through `var()` and mixed with black by the brightness. */
function lightOf(theme: ReadonlyMap<string, string>, name: string, brightness: number): readonly number[] {
  const value = theme.get(name) ?? ''
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1]
  if (other !== undefined) return lightOf(theme, other, brightness)
  const mixed = /^color-mix\(in srgb, (#[\da-f]+) var\(--brightness\), #000\)$/.exec(value)?.[1]
  if (mixed !== undefined) return hex(mixed).map((part) => part * brightness)
  if (!/^#([\da-f]{3}|[\da-f]{6})$/.test(value)) throw new Error(`--${name} is ${value}`)
  return hex(value)
}

/** WCAG 2.2, 1.4.3. */
function luminance(parts: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratio(theme: ReadonlyMap<string, string>, [front, back]: readonly [string, string], brightness = 1): number {
  const [one, other] = [front, back].map((name) => luminance(lightOf(theme, name, brightness)))
  const [more = 0, less = 0] = [one ?? 0, other ?? 0].sort((left, right) => right - left)
  return (more + 0.05) / (less + 0.05)
}

const texts = [
  ['ink', 'paper'],
  ['ink', 'surface'],
  ['ink', 'harbour-soft'],
  ['muted', 'paper'],
  ['muted', 'surface'],
  ['harbour', 'paper'],
  ['on-signal', 'signal'],
] as const
const marks = [
  ['edge', 'paper'],
  ['edge', 'surface'],
  ['on-harbour', 'harbour'],
] as const

describe.each([
  ['by day', [light], [1]],
  ['by night', [light, dark], [1]],
  ['by night and alone', [light, dark, dim], [0.6, 0.75, 1]],
  ['in high contrast', [light, contrast], [1]],
] as const)('%s', (_, selectors, brightnesses) => {
  const theme = themeOf(...selectors)

  it.each(texts)('%s can be read on %s, as bright as an operator may set it', (front, back) => {
    for (const brightness of brightnesses) expect(ratio(theme, [front, back], brightness)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(marks)('%s can be told from %s', (front, back) => {
    for (const brightness of brightnesses) expect(ratio(theme, [front, back], brightness)).toBeGreaterThanOrEqual(3)
  })
})

it('is in high contrast where it was chosen, of seven to one and more', () => {
  const theme = themeOf(light, contrast)
  for (const pair of texts) expect([pair, ratio(theme, pair) >= 7]).toEqual([pair, true])
})
