import './progress.css'
import type { ReactNode } from 'react'
import { useWords } from '../../words/use-words.tsx'

export interface ProgressProps {
  /** 0 to 1; without it the bar only says that something is going on. */
  readonly value?: number
  /** What is being waited for: 'Opening door A07'. */
  readonly label?: string
}

/** Waiting, said in words; the moving bar is still under reduced motion and the words remain. */
export function Progress({ value, label }: ProgressProps): ReactNode {
  const { t } = useWords()
  const words = label ?? t('control.busy')
  return (
    <div className="hf-progress" role="status">
      <span>{words}</span>
      <progress max={1} value={value} aria-label={words} />
    </div>
  )
}
