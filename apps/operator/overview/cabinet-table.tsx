import { useState } from 'react'
import type { ReactNode } from 'react'
import type { CabinetSummary } from '@holdfast/wire/http/cabinets.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { StatusMark } from '../../kit/controls/tell/status-mark.tsx'
import type { MarkName } from '../../kit/drawing/mark.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { onListKeys } from '../desk/frame/list-keys.ts'
import { Moment } from '../desk/now.tsx'
import { to } from '../desk/route.ts'
import type { Show } from '../desk/route.ts'
import { OccupancyBar } from './occupancy-bar.tsx'
import { inOrder, isAway } from './street.ts'

/** Rows drawn at once: a browser stays quick, and nobody reads ten thousand. */
const pageRows = 100

interface CabinetTableProps {
  readonly cabinets: readonly CabinetSummary[]
  readonly show: Show | undefined
}

export function CabinetTable({ cabinets, show }: CabinetTableProps): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const [limit, setLimit] = useState(pageRows)
  const rows = inOrder(cabinets, show, words.locale)
  if (cabinets.length === 0) return <EmptyState icon="door" title={t('operator.cabinets.none')} />
  return (
    <>
      {show !== undefined && (
        <p className="op-filter">
          {t('operator.cabinets.only', { count: rows.length, what: t(`operator.total.${show}`) })}{' '}
          <a href={to.overview}>{t('operator.cabinets.all')}</a>
        </p>
      )}
      {rows.length > 0 && (
        <table className="op-table op-cabinets" onKeyDown={onListKeys}>
          <Head />
          <tbody>
            {rows.slice(0, limit).map((cabinet) => (
              <CabinetRow key={cabinet.cabinet} cabinet={cabinet} />
            ))}
          </tbody>
        </table>
      )}
      {rows.length > limit && (
        <Button onPress={() => setLimit(limit + pageRows)}>
          {t('operator.more', { shown: limit, total: rows.length })}
        </Button>
      )}
    </>
  )
}

function Head(): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <thead>
      <tr>
        <th scope="col">{t('operator.cabinet')}</th>
        <th scope="col">{t('operator.column.state')}</th>
        <th scope="col" className="op-wide">
          {t('operator.column.doors')}
        </th>
        <th scope="col" className="op-number op-wide">
          {t('state.free')}
        </th>
        <th scope="col" className="op-number op-wide">
          {t('state.loaded')}
        </th>
        <th scope="col" className="op-wide">
          {t('operator.column.look')}
        </th>
        <th scope="col" className="op-wide">
          {t('operator.column.heard')}
        </th>
      </tr>
    </thead>
  )
}

function CabinetRow({ cabinet }: { readonly cabinet: CabinetSummary }): ReactNode {
  const { t, number } = useWords<OperatorId>()
  const { lastHeardAt } = cabinet
  return (
    <tr data-line="" data-away={isAway(cabinet)}>
      <th scope="row">
        <a data-row="" href={to.cabinet(cabinet.cabinet)}>
          {cabinet.name}
        </a>
        <span className="op-muted">{cabinet.siteName}</span>
        {cabinet.enrolled && (
          <span className="op-narrow op-muted">
            {t('operator.freeOf', { free: cabinet.free, doors: cabinet.doors })}
          </span>
        )}
      </th>
      <td>
        <CabinetState cabinet={cabinet} />
        <div className="op-narrow">
          <Worries cabinet={cabinet} />
        </div>
      </td>
      <td className="op-wide">
        <OccupancyBar cabinet={cabinet} />
      </td>
      <td className="op-number op-wide">
        {cabinet.enrolled ? number(cabinet.free) : '—'}
        <span className="op-of"> / {number(cabinet.doors)}</span>
      </td>
      <td className="op-number op-wide">{cabinet.enrolled ? number(cabinet.loaded) : '—'}</td>
      <td className="op-wide">
        <Worries cabinet={cabinet} />
      </td>
      <td className="op-wide">{lastHeardAt === null ? '—' : <Moment at={lastHeardAt} only="ago" />}</td>
    </tr>
  )
}

export function CabinetState({ cabinet }: { readonly cabinet: CabinetSummary }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { enrolled, online } = cabinet
  if (online) return <StatusMark mark="online" word={t('state.online')} />
  return <StatusMark mark="stale" word={t(enrolled ? 'operator.offline' : 'operator.notEnrolled')} />
}

/** What should not be: each with its mark and number; a dash where all is well. */
function Worries({ cabinet }: { readonly cabinet: CabinetSummary }): ReactNode {
  const { t } = useWords<OperatorId>()
  const found: readonly (readonly [MarkName, string])[] = [
    ...(cabinet.openAlerts > 0 ? [['stuck', t('operator.worry.alerts', { count: cabinet.openAlerts })] as const] : []),
    ...(cabinet.open > 0 ? [['open', t('operator.worry.open', { count: cabinet.open })] as const] : []),
    ...(cabinet.suspect > 0 ? [['suspect', t('operator.worry.suspect', { count: cabinet.suspect })] as const] : []),
    ...(cabinet.journal === 'ok' ? [] : [['stuck', t(`operator.journal.${cabinet.journal}`)] as const]),
  ]
  if (found.length === 0) return <span className="op-muted">—</span>
  return (
    <ul className="op-worries">
      {found.map(([mark, word]) => (
        <li key={word}>
          <StatusMark mark={mark} word={word} />
        </li>
      ))}
    </ul>
  )
}
