import type { ReactNode } from 'react'
import type { CabinetView } from '@holdfast/wire/http/cabinets.ts'
import { StatusMark } from '../../kit/controls/tell/status-mark.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { Moment } from '../desk/now.tsx'

/** What a technician asks first: does it speak, is its journal whole and here, do its boards answer. */
export function Health({ view }: { readonly view: CabinetView }): ReactNode {
  const { t, number } = useWords<OperatorId>()
  const { summary, head, watermark, silentLines, incarnation } = view
  const behind = Math.max(0, head - watermark)
  return (
    <section className="op-card" aria-labelledby="health">
      <h2 id="health">{t('operator.health')}</h2>
      <dl className="op-facts">
        <dt>{t('operator.column.heard')}</dt>
        <dd>{summary.lastHeardAt === null ? '—' : <Moment at={summary.lastHeardAt} />}</dd>
        <dt>{t('operator.health.journal')}</dt>
        <dd>
          {summary.journal === 'ok' ? (
            t('operator.journal.ok')
          ) : (
            <StatusMark mark="stuck" word={t(`operator.journal.${summary.journal}`)} />
          )}
        </dd>
        <dt>{t('operator.health.entries')}</dt>
        <dd>
          {behind === 0
            ? t('operator.health.all', { count: number(watermark) })
            : t('operator.health.behind', { have: number(watermark), head: number(head), count: behind })}
        </dd>
        <dt>{t('operator.health.lines')}</dt>
        <dd>
          {silentLines.length === 0 ? (
            t('operator.health.linesAnswer')
          ) : (
            <StatusMark mark="unseen" word={t('operator.health.silent', { lines: silentLines.join(', ') })} />
          )}
        </dd>
        {incarnation !== null && (
          <>
            <dt>{t('operator.health.incarnation')}</dt>
            <dd>
              <code>{incarnation}</code>
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}
