import './status-mark.css'
import type { ReactNode } from 'react'
import { Mark } from '../../drawing/mark.tsx'
import type { MarkName } from '../../drawing/mark.tsx'

export interface StatusMarkProps {
  /** The drawing's own marks, so that a table and a drawing say the same. */
  readonly mark: MarkName
  readonly word: string
}

export function StatusMark({ mark, word }: StatusMarkProps): ReactNode {
  return (
    <span className="hf-status">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <Mark name={mark} />
      </svg>
      {word}
    </span>
  )
}
