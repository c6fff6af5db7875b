import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { layoutSchema } from '@holdfast/wire/journal/events.ts'
import { libraryLayout, northGateLayout } from '../../../tools/demo/layouts.ts'
import { parseLayout } from './parse-layout.ts'
import { readLayout } from './read-layout.ts'

const good = JSON.parse(JSON.stringify(northGateLayout)) as Record<string, unknown>

/** Every place in the layout, as a path of steps. */
function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value)
      .slice(0, 3)
      .flatMap(([name, inner]) => placesOf(inner, [...path, name])),
  ]
}

function spoil(path: readonly string[], change: unknown): unknown {
  const copy = structuredClone(good)
  const last = path.at(-1)
  if (last === undefined) return change
  let at: unknown = copy
  for (const step of path.slice(0, -1)) at = Reflect.get(Object(at), step)
  if (change === undefined) Reflect.deleteProperty(Object(at), last)
  else Reflect.set(Object(at), last, change)
  return copy
}

describe('a layout file', () => {
  it.each([northGateLayout, libraryLayout])('of the demo is read as it is', (layout) => {
    expect(readLayout(JSON.stringify(layout))).toEqual({ ok: true, layout })
  })

  it('is judged as wire’s schema judges it, whatever is spoiled', () => {
    const junk = fc.constantFrom(
      undefined,
      null,
      -1,
      0.5,
      '',
      'x'.repeat(40),
      'leaf',
      [],
      {},
      { a: 1 },
      100_001,
      255,
      true,
    )
    fc.assert(
      fc.property(fc.constantFrom(...placesOf(good)), junk, (path, change) => {
        const value: unknown = JSON.parse(JSON.stringify(spoil(path, change)) ?? 'null')
        expect(parseLayout(value).ok).toBe(Value.Check(layoutSchema, value))
      }),
      { numRuns: 400 },
    )
  })

  const codesOf = (change: (layout: typeof northGateLayout) => unknown): readonly string[] => {
    const read = readLayout(JSON.stringify(change(northGateLayout)))
    return read.ok ? [] : read.problems.map(({ code }) => code)
  }
  const [first, second, ...rest] = northGateLayout.compartments
  if (first === undefined || second === undefined) throw new Error('no doors')

  it.each([
    ['same-label', { ...second, label: first.label }],
    ['same-lock', { ...second, lock: first.lock }],
    ['same-id', { ...second, id: first.id }],
    ['no-body', { ...second, body: 7 }],
    ['over', { ...second, front: first.front }],
    ['outside', { ...second, front: { ...second.front, xMm: 99_000 } }],
  ])('says %s', (code, spoiled) => {
    expect(codesOf((layout) => ({ ...layout, compartments: [first, spoiled, ...rest] }))).toContain(code)
  })

  it('says that it is no JSON, or empty', () => {
    expect(readLayout('{')).toEqual({ ok: false, problems: [{ path: '', code: 'not-json' }] })
    expect(codesOf((layout) => ({ ...layout, compartments: [] }))).toEqual(['empty'])
  })
})
