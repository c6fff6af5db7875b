import type { ReactNode } from 'react'
import type { CabinetSummary } from '@holdfast/wire/http/cabinets.ts'
import { Mark } from '../../kit/drawing/mark.tsx'
import type { MarkName } from '../../kit/drawing/mark.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { to } from '../desk/route.ts'
import type { Show } from '../desk/route.ts'
import { totalOf } from './street.ts'

const needy: readonly (readonly [Show, MarkName])[] = [
  ['openAlerts', 'stuck'],
  ['offline', 'stale'],
  ['open', 'open'],
  ['suspect', 'suspect'],
]
const usual: readonly (readonly [Show, MarkName])[] = [
  ['loaded', 'loaded'],
  ['free', 'free'],
  ['retired', 'retired'],
]

interface TotalsProps {
  readonly cabinets: readonly CabinetSummary[]
  readonly show: Show | undefined
}

/** Every number leads to the cabinets behind it; pressed again, back to all. */
export function Totals({ cabinets, show }: TotalsProps): ReactNode {
  const { t, number } = useWords<OperatorId>()
  const total = ([what, mark]: readonly [Show, MarkName], worry: boolean): ReactNode => {
    const sum = totalOf(cabinets, what)
    return (
      <li key={what}>
        <a
          href={show === what ? to.overview : to.show(what)}
          className="op-total"
          data-worry={worry && sum > 0}
          data-none={sum === 0}
          aria-current={show === what ? 'true' : undefined}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <Mark name={mark} />
          </svg>
          <b>{number(sum)}</b>
          <span>{t(`operator.total.${what}`)}</span>
        </a>
      </li>
    )
  }
  return (
    <ul className="op-totals" aria-label={t('operator.totals')}>
      {needy.map((entry) => total(entry, true))}
      {usual.map((entry) => total(entry, false))}
    </ul>
  )
}
