import { readFileSync } from 'node:fs'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { createWords } from '../words/create-words.ts'
import { WordsProvider } from '../words/use-words.tsx'
import { CabinetDrawing } from './cabinet-drawing.tsx'
import type { CabinetDrawingProps } from './cabinet-drawing.tsx'
import { Legend } from './legend.tsx'
import type { DoorViews } from './doors.ts'
import { layout24 } from './layouts.fixture.ts'

const words = createWords('en', JSON.parse(readFileSync(new URL('../words/kit/en.json', import.meta.url), 'utf8')))
const first = layout24.compartments[0]?.id ?? ''
const last = layout24.compartments[23]?.id ?? ''

const draw = (props: Partial<CabinetDrawingProps>): string =>
  renderToStaticMarkup(
    <WordsProvider words={words}>
      <CabinetDrawing layout={layout24} doors={{}} {...props} />
    </WordsProvider>,
  )

describe('the cabinet drawing', () => {
  it('draws every door of the layout with its label, size and state in words', () => {
    const doors: DoorViews = { [first]: { occupancy: 'loaded', door: 'open' } }
    const drawn = draw({ doors })
    expect(drawn.match(/data-compartment=/g)).toHaveLength(24)
    expect(drawn).toContain('aria-label="Door A01, size small: Open, Parcel inside"')
  })

  it('shows a door nobody has told of as not seen, never as free alone', () => {
    expect(draw({})).toContain('aria-label="Door A24, size extra large: Not seen, Free"')
  })

  it('says of a door whose contents are nobody’s business only how it stands', () => {
    const drawn = draw({ doors: { [first]: { door: 'open' }, [last]: { door: 'shut' } } })
    expect(drawn).toContain('aria-label="Door A01, size small: Open"')
    expect(drawn).toContain('aria-label="Door A24, size extra large: Shut"')
  })

  it('lights the one that matters, dims the rest, points and says the place', () => {
    const drawn = draw({ lit: last })
    expect(drawn.match(/hf-door-lit/g)).toHaveLength(1)
    expect(drawn.match(/hf-door-dim/g)).toHaveLength(23)
    expect(drawn).toContain('hf-cabinet-pointer')
    expect(drawn).toContain('right column, at the bottom')
  })

  it('lights several at once without a pointer', () => {
    const drawn = draw({ alsoLit: [first, last] })
    expect(drawn.match(/hf-door-lit/g)).toHaveLength(2)
    expect(drawn).not.toContain('hf-cabinet-pointer')
  })

  it('makes doors buttons only where they can be chosen', () => {
    expect(draw({})).not.toContain('role="button"')
    const drawn = draw({ onSelect: () => undefined, selected: first })
    expect(drawn.match(/role="button"/g)).toHaveLength(24)
    expect(drawn.match(/aria-pressed="true"/g)).toHaveLength(1)
    expect(drawn.match(/tabindex="0"/g)).toHaveLength(24)
  })

  it('says in words that a state is only the last one known', () => {
    expect(draw({ stale: true })).toContain('Last known state')
  })
})

describe('the legend', () => {
  it('counts what stands in the drawing, what needs a person first', () => {
    const doors = Object.fromEntries(
      layout24.compartments.map((plan) => [plan.id, { occupancy: 'free', door: 'shut' }]),
    )
    const drawn = renderToStaticMarkup(
      <WordsProvider words={words}>
        <Legend
          layout={layout24}
          doors={{ ...(doors as DoorViews), [first]: { occupancy: 'suspect', door: 'stuck' } }}
        />
      </WordsProvider>,
    )
    expect([...drawn.matchAll(/<\/svg>([^<]+)<\/span> <b>(\d+)/g)].map(([, word, count]) => [word, count])).toEqual([
      ['Does not open', '1'],
      ['Needs a look', '1'],
      ['Free', '23'],
    ])
  })
})
