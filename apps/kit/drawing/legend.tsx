import './legend.css'
import type { ReactNode } from 'react'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { marksOf, unheard } from './doors.ts'
import type { DoorViews } from './doors.ts'
import type { MarkName } from './mark.tsx'
import { StatusMark } from '../controls/tell/status-mark.tsx'
import { useWords } from '../words/use-words.tsx'

export interface LegendProps {
  readonly layout: CabinetLayout
  readonly doors: DoorViews
}

const order = [
  'open',
  'stuck',
  'suspect',
  'unlatched',
  'unseen',
  'free',
  'held',
  'loaded',
  'retired',
] as const satisfies readonly MarkName[]

/** The marks that stand in this drawing, each with its word and number; what needs a person first. */
export function Legend({ layout, doors }: LegendProps): ReactNode {
  const { t, number } = useWords()
  const counts = new Map<MarkName, number>()
  for (const plan of layout.compartments) {
    for (const mark of marksOf(doors[plan.id] ?? unheard)) counts.set(mark, (counts.get(mark) ?? 0) + 1)
  }
  return (
    <ul className="hf-legend">
      {order
        .filter((mark) => counts.has(mark))
        .map((mark) => (
          <li key={mark}>
            <StatusMark mark={mark} word={t(`state.${mark}`)} /> <b>{number(counts.get(mark) ?? 0)}</b>
          </li>
        ))}
    </ul>
  )
}
