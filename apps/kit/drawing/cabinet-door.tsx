import './cabinet-door.css'
import type { KeyboardEvent, ReactNode } from 'react'
import type { CompartmentPlan } from '@holdfast/core/cabinet/layout.ts'
import { marksOf } from './doors.ts'
import type { DoorView } from './doors.ts'
import type { Box } from './geometry.ts'
import { Mark } from './mark.tsx'
import type { MarkName } from './mark.tsx'
import { useWords } from '../words/use-words.tsx'

export interface CabinetDoorProps {
  readonly plan: CompartmentPlan
  readonly box: Box
  readonly view: DoorView
  /** `lit`: the one that matters now; `dim`: another one is; `plain`: none is. */
  readonly light: 'lit' | 'dim' | 'plain'
  readonly selected: boolean
  readonly onSelect: ((id: string) => void) | undefined
}

const labelMm = 66
const markMm = 66

/** One door in millimetres of the drawing: cavity behind, leaf in front, label, marks, and a word where it fits. */
export function CabinetDoor(props: CabinetDoorProps): ReactNode {
  const { plan, box, view, light, selected, onSelect } = props
  const { t } = useWords()
  const marks = marksOf(view)
  const spoken = t('state.door', {
    label: plan.label,
    size: t(`size.${plan.size}`),
    states: marks.map((mark) => t(`state.${mark}`)).join(t('place.join')),
  })
  const choose = onSelect && (() => onSelect(plan.id))
  const answer = choose && {
    tabIndex: 0,
    // On SVG preact writes the attribute as 'tabIndex', which browsers do not know.
    ref: (door: SVGGElement | null) => door?.setAttribute('tabindex', '0'),
    role: 'button',
    'aria-pressed': selected,
    onClick: choose,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      choose()
    },
  }
  return (
    <g
      className={`hf-door hf-door-${light}`}
      data-occupancy={view.occupancy}
      data-door={view.door}
      data-selected={selected}
      data-compartment={plan.id}
      transform={`translate(${box.x} ${box.y})`}
      role="img"
      aria-label={spoken}
      {...answer}
    >
      <rect className="hf-door-cavity" width={box.width} height={box.height} rx="6" />
      <g className="hf-door-leaf">
        <rect className="hf-door-front" width={box.width} height={box.height} rx="6" />
        <rect className="hf-door-texture" width={box.width} height={box.height} rx="6" />
        <rect className="hf-door-grip" x={box.width - 16} y={box.height / 2 - 22} width="7" height="44" rx="3.5" />
      </g>
      <DoorWords plan={plan} box={box} marks={marks} word={t(wordOf(view))} />
      <rect className="hf-door-rim" x="-5" y="-5" width={box.width + 10} height={box.height + 10} rx="10" />
    </g>
  )
}

interface DoorWordsProps {
  readonly plan: CompartmentPlan
  readonly box: Box
  readonly marks: readonly MarkName[]
  readonly word: string
}

function DoorWords({ plan, box, marks, word }: DoorWordsProps): ReactNode {
  const roomy = box.height >= 190
  const line = roomy ? Math.min(box.height / 2, 110) - 24 : box.height / 2
  const size = Math.min(markMm, box.height * 0.66)
  return (
    <g className="hf-door-words" aria-hidden="true">
      <text className="hf-door-label" x="26" y={line} dy="0.36em" fontSize={Math.min(labelMm, box.width / 4.5)}>
        {plan.label}
      </text>
      {marks.map((mark, i) => (
        <g
          key={mark}
          className="hf-door-mark"
          transform={`translate(${box.width - 34 - (size + 10) * (marks.length - i) + 10} ${line - size / 2}) scale(${size / 24})`}
        >
          <Mark name={mark} />
        </g>
      ))}
      {roomy && (
        <text className="hf-door-word" x="26" y={line + 76} dy="0.36em" fontSize="42">
          {word}
        </text>
      )}
    </g>
  )
}

const wordOf = ({ occupancy, door }: DoorView): `state.${MarkName}` =>
  `state.${door === 'shut' ? (occupancy ?? door) : door}`
