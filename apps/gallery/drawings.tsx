import { useState } from 'react'
import type { ReactNode } from 'react'
import { CabinetDrawing } from '../kit/drawing/cabinet-drawing.tsx'
import type { DoorState, DoorView, Occupancy } from '../kit/drawing/doors.ts'
import { layout18, layout24 } from '../kit/drawing/layouts.fixture.ts'
import { Legend } from '../kit/drawing/legend.tsx'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'

const occupancies: readonly Occupancy[] = ['free', 'held', 'loaded', 'suspect', 'retired']
const doorStates: readonly DoorState[] = ['shut', 'unlatched', 'open', 'stuck', 'unseen']

type Views = Record<string, DoorView>

/** Every pair of states at least once. */
function allStates(layout: CabinetLayout): Views {
  const views: Views = {}
  layout.compartments.forEach((plan, i) => {
    const occupancy = occupancies[i % 5] ?? 'free'
    views[plan.id] = { occupancy, door: doorStates[Math.floor(i / 5) % 5] ?? 'shut' }
  })
  return views
}

/** A usual morning: mostly loaded, some free. */
function usual(layout: CabinetLayout): Views {
  const views: Views = {}
  layout.compartments.forEach((plan, i) => {
    views[plan.id] = { occupancy: i % 3 === 1 ? 'free' : 'loaded', door: 'shut' }
  })
  return views
}

const idOf = (layout: CabinetLayout, i: number): string => layout.compartments[i]?.id ?? ''

export function Drawings(): ReactNode {
  const [selected, select] = useState(idOf(layout18, 3))
  const lit = idOf(layout24, 20)
  const litFar = idOf(layout18, 15)
  const every = allStates(layout24)
  const open: Views = { ...usual(layout24), [lit]: { occupancy: 'loaded', door: 'open' } }
  return (
    <section aria-labelledby="drawings">
      <h2 id="drawings">Drawings</h2>
      <div className="gallery-grid">
        <div className="gallery-stack">
          <CabinetDrawing layout={layout24} doors={open} lit={lit} />
        </div>
        <div className="gallery-stack">
          <CabinetDrawing layout={layout18} doors={usual(layout18)} lit={litFar} />
        </div>
        <div className="gallery-stack">
          <CabinetDrawing layout={layout24} doors={every} showReach />
          <Legend layout={layout24} doors={every} />
        </div>
        <div className="gallery-stack">
          <CabinetDrawing layout={layout18} doors={allStates(layout18)} selected={selected} onSelect={select} stale />
          <Legend layout={layout18} doors={allStates(layout18)} />
        </div>
      </div>
    </section>
  )
}
