import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Words } from '../../kit/words/create-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

const read = (): number => new Date().getTime()
const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** The device's clock, anew every half minute: for 'how long ago' only. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(read)
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** '12 min ago' in the language given; clocks that disagree show 'now', never the future. */
export function ago(at: number, now: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const past = Math.max(0, now - at)
  for (const [unit, ms] of steps) if (past >= ms) return format.format(-Math.floor(past / ms), unit)
  return format.format(0, 'second')
}

/** The time alone on the same day, else with its date. */
export const clockWords = (at: number, now: number, words: Words): string =>
  words.date(at, words.date(at, 'date') === words.date(now, 'date') ? 'time' : 'moment')

/** With seconds, where the order of things matters. */
export const secondsWords = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(at)

/** A moment: when, and how long ago. */
export function Moment({ at, only }: { readonly at: number; readonly only?: 'clock' | 'ago' }): ReactNode {
  const words = useWords()
  const now = useNow()
  const parts = [
    ...(only === 'ago' ? [] : [clockWords(at, now, words)]),
    ...(only === 'clock' ? [] : [ago(at, now, words.locale)]),
  ]
  return (
    <time dateTime={new Date(at).toISOString()} title={words.date(at, 'moment')}>
      {parts[0]}
      {parts[1] !== undefined && <span className="op-ago"> · {parts[1]}</span>}
    </time>
  )
}
