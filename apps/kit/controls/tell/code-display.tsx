import './code-display.css'
import type { ReactNode } from 'react'
import { useWords } from '../../words/use-words.tsx'

export interface CodeDisplayProps {
  /** Digits so far; missing ones show as empty places. */
  readonly digits: string
  readonly length?: number
  /** True while it is being typed: readers hear how many digits are in, not which. */
  readonly entry?: boolean
}

/** 3-3-3, tabular numerals, leading zeros kept. */
export function CodeDisplay({ digits, length = 9, entry = false }: CodeDisplayProps): ReactNode {
  const { t } = useWords()
  const places = Array.from({ length }, (_, i) => digits[i])
  const groups = Array.from({ length: Math.ceil(length / 3) }, (_, g) => places.slice(g * 3, g * 3 + 3))
  const spoken = entry
    ? t('control.codeEntered', { count: digits.length, total: length })
    : t('control.code', { digits: digits.split('').join(' ') })
  return (
    <div className="hf-code">
      <span className="hf-hidden" role={entry ? 'status' : undefined}>
        {spoken}
      </span>
      {groups.map((group, g) => (
        <span key={g} className="hf-code-group" aria-hidden="true">
          {group.map((digit, i) => (
            <span
              key={i}
              className={`hf-code-place${digit === undefined ? ' hf-code-empty' : ''}${entry ? ' hf-code-entry' : ''}`}
              data-next={entry && g * 3 + i === digits.length}
            >
              {digit}
            </span>
          ))}
        </span>
      ))}
    </div>
  )
}
