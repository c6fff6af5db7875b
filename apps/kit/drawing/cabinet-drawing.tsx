import './cabinet-drawing.css'
import type { ReactNode } from 'react'
import { reachableBandMm } from '@holdfast/core/cabinet/layout.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { CabinetDoor } from './cabinet-door.tsx'
import { unheard } from './doors.ts'
import type { DoorViews } from './doors.ts'
import { lead, measure } from './geometry.ts'
import type { Geometry } from './geometry.ts'
import { describePlace } from './place.ts'
import { Mark } from './mark.tsx'
import { useWords } from '../words/use-words.tsx'

export interface CabinetDrawingProps {
  readonly layout: CabinetLayout
  readonly doors: DoorViews
  /** The door that matters now: lit, pointed at, its place said below; the others recede. */
  readonly lit?: string
  /** More doors that matter at once (a recall list); lit without a pointer. */
  readonly alsoLit?: readonly string[]
  readonly selected?: string
  /** Makes every door a button. */
  readonly onSelect?: (compartmentId: string) => void
  /** Not heard from lately: drawn as the last known state, and said so. */
  readonly stale?: boolean
  /** Marks the band that a seated person reaches. */
  readonly showReach?: boolean
  /** Words under the drawing: the place of the lit door. On by default; off where the screen says it itself. */
  readonly caption?: boolean
  /** On the drawn screen: 'You are here' unless told; whoever looks from afar is not there. */
  readonly screenWord?: string
}

/** The real cabinet, to scale. Fills its parent's width; very wide cabinets scroll sideways rather than shrink. */
export function CabinetDrawing(props: CabinetDrawingProps): ReactNode {
  const { layout, doors, lit, stale = false } = props
  const words = useWords()
  const geometry = measure(layout)
  const target = lit === undefined ? undefined : layout.compartments.find((plan) => plan.id === lit)
  const place = target && describePlace(layout, target.id, words)
  return (
    <figure className="hf-cabinet" data-stale={stale}>
      <div className="hf-cabinet-view">
        <svg
          viewBox={`0 0 ${geometry.width} ${geometry.height}`}
          style={{ minWidth: `${Math.round(geometry.width * 0.18)}px` }}
          role="group"
          aria-label={words.t('place.cabinet')}
        >
          <Patterns />
          <Bodies geometry={geometry} />
          {props.showReach === true && <Reach geometry={geometry} word={words.t('place.reach')} />}
          <Doors {...props} geometry={geometry} />
          {geometry.screen && <Screen geometry={geometry} word={props.screenWord ?? words.t('place.screen')} />}
          {target && geometry.screen && (
            <Pointer path={lead(geometry.screen, geometry.doorOf(target))} open={doors[target.id]?.door === 'open'} />
          )}
        </svg>
      </div>
      {(stale || (place !== undefined && props.caption !== false)) && (
        <figcaption>
          {target && props.caption !== false && (
            <span>
              <strong>{target.label}</strong> {place}
            </span>
          )}
          {stale && (
            <span className="hf-cabinet-stale">
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <Mark name="stale" />
              </svg>
              {words.t('state.stale')}
            </span>
          )}
        </figcaption>
      )}
    </figure>
  )
}

function Doors(props: CabinetDrawingProps & { readonly geometry: Geometry }): ReactNode {
  const { layout, doors, lit, alsoLit = [], geometry } = props
  const any = lit !== undefined || alsoLit.length > 0
  const lightOf = (id: string): 'lit' | 'dim' | 'plain' => {
    if (!any) return 'plain'
    return id === lit || alsoLit.includes(id) ? 'lit' : 'dim'
  }
  return layout.compartments.map((plan) => (
    <CabinetDoor
      key={plan.id}
      plan={plan}
      box={geometry.doorOf(plan)}
      view={doors[plan.id] ?? unheard}
      light={lightOf(plan.id)}
      selected={props.selected === plan.id}
      onSelect={props.onSelect}
    />
  ))
}

function Bodies({ geometry }: { readonly geometry: Geometry }): ReactNode {
  return (
    <g aria-hidden="true">
      <path className="hf-cabinet-floor" d={`M0 ${geometry.floor + 18}H${geometry.width}`} />
      {geometry.bodies.map((box) => (
        <g key={box.x}>
          <rect className="hf-cabinet-foot" x={box.x + 30} y={box.y + box.height} width="70" height="18" />
          <rect className="hf-cabinet-foot" x={box.x + box.width - 100} y={box.y + box.height} width="70" height="18" />
          <rect className="hf-cabinet-body" {...box} rx="14" />
        </g>
      ))}
    </g>
  )
}

function Screen({ geometry, word }: { readonly geometry: Geometry; readonly word: string }): ReactNode {
  if (geometry.screen === undefined) return null
  const { x, y, width, height } = geometry.screen
  const size = Math.min(48, width / 6.5)
  return (
    <g className="hf-cabinet-screen">
      <rect x={x} y={y} width={width} height={height} rx="16" />
      <circle cx={x + width / 2} cy={y + height / 2 - size} r={size * 0.45} />
      <text x={x + width / 2} y={y + height / 2 + size * 0.7} textAnchor="middle" fontSize={size}>
        {word}
      </text>
    </g>
  )
}

function Reach({ geometry, word }: { readonly geometry: Geometry; readonly word: string }): ReactNode {
  const top = geometry.floor - reachableBandMm.highest
  const bottom = geometry.floor - reachableBandMm.lowest
  return (
    <g className="hf-cabinet-reach">
      <title>{word}</title>
      <path d={`M0 ${top}H${geometry.width}M0 ${bottom}H${geometry.width}`} />
      <path className="hf-cabinet-reach-edge" d={`M12 ${top}V${bottom}M${geometry.width - 12} ${top}V${bottom}`} />
    </g>
  )
}

function Pointer({ path, open }: { readonly path: string; readonly open: boolean }): ReactNode {
  return (
    <g className="hf-cabinet-pointer" data-open={open} aria-hidden="true">
      <path className="hf-cabinet-pointer-ground" d={path} />
      <path className="hf-cabinet-pointer-line" d={path} markerEnd="url(#hf-tip)" />
    </g>
  )
}

/** Same in every drawing on a page, so that repeated ids agree. */
function Patterns(): ReactNode {
  return (
    <defs>
      <pattern id="hf-dots" width="36" height="36" patternUnits="userSpaceOnUse">
        <circle className="hf-cabinet-dot" cx="9" cy="9" r="4" />
      </pattern>
      <pattern id="hf-hatch" width="34" height="34" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className="hf-cabinet-hatch" d="M5 0V34" />
      </pattern>
      <pattern id="hf-cross" width="40" height="40" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className="hf-cabinet-cross" d="M0 20H40M20 0V40" />
      </pattern>
      <marker id="hf-tip" viewBox="0 0 10 10" refX="4" refY="5" markerWidth="3.6" markerHeight="3.6" orient="auto">
        <path className="hf-cabinet-tip" d="M0 0L10 5L0 10z" />
      </marker>
    </defs>
  )
}
