import './time-ring.css'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../ask/button.tsx'
import { useWords } from '../../words/use-words.tsx'

export interface TimeRingProps {
  /** Whole length of the wait and what is left, in milliseconds, as the terminal last said. */
  readonly totalMs: number
  readonly leftMs: number
  readonly onExtend: () => void
  /** From here on it asks 'Still there?'. R-45: at least 20 s before the end. */
  readonly warnMs?: number
}

const tickMs = 250

/** A ring that shrinks, seconds in words, and one tap for more time. It never ends anything itself. */
export function TimeRing({ totalMs, leftMs, onExtend, warnMs = 20_000 }: TimeRingProps): ReactNode {
  const { t } = useWords()
  const left = useCountdown(leftMs)
  const seconds = Math.ceil(left / 1000)
  const warns = left <= Math.max(20_000, warnMs)
  const share = totalMs > 0 ? Math.min(1, left / totalMs) : 0
  return (
    <div className={`hf-ring${warns ? ' hf-ring-warns' : ''}`}>
      <svg viewBox="0 0 44 44" aria-hidden="true">
        <circle cx="22" cy="22" r="19" className="hf-ring-track" />
        <circle cx="22" cy="22" r="19" className="hf-ring-left" pathLength={1} strokeDasharray={`${share} 1`} />
        <text x="22" y="22" dy="0.36em" textAnchor="middle">
          {seconds}
        </text>
      </svg>
      {warns ? (
        <div className="hf-ring-words" role="alert">
          <strong>{t('control.stillThere')}</strong>
          <span>{t('control.stillThere.hint')}</span>
        </div>
      ) : (
        <span className="hf-hidden">{t('control.timeLeft', { seconds })}</span>
      )}
      <Button kind={warns ? 'main' : 'quiet'} onPress={onExtend}>
        {t('control.moreTime')}
      </Button>
    </div>
  )
}

function useCountdown(leftMs: number): number {
  const [left, setLeft] = useState(leftMs)
  useEffect(() => {
    setLeft(leftMs)
    const start = performance.now()
    const timer = setInterval(() => setLeft(Math.max(0, leftMs - (performance.now() - start))), tickMs)
    return () => clearInterval(timer)
  }, [leftMs])
  return left
}
