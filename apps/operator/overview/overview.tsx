import './overview.css'
import type { ReactNode } from 'react'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useAlerts, useCabinets } from '../cloud/queries.ts'
import { Checklist } from '../house/checklist.tsx'
import { Title } from '../desk/title.tsx'
import { Shown } from '../desk/shown.tsx'
import type { Show } from '../desk/route.ts'
import { AlertList } from './alerts/alert-list.tsx'
import { CabinetTable } from './cabinet-table.tsx'
import { Totals } from './totals.tsx'

/** What needs a person first; then everything that stands in the street. */
export function Overview({ show }: { readonly show: Show | undefined }): ReactNode {
  const { t } = useWords<OperatorId>()
  const alerts = useAlerts()
  const cabinets = useCabinets()
  return (
    <div className="op-overview">
      <Title>{t('operator.nav.overview')}</Title>
      <Checklist leaves />
      <Shown asked={cabinets}>{({ items }) => <Totals cabinets={items} show={show} />}</Shown>
      <section aria-labelledby="alerts">
        <h2 id="alerts">{t('operator.alerts')}</h2>
        <Shown asked={alerts}>{({ items }) => <AlertList alerts={items} />}</Shown>
      </section>
      <section aria-labelledby="cabinets">
        <h2 id="cabinets">{t('operator.cabinets')}</h2>
        {cabinets.data && <CabinetTable cabinets={cabinets.data.items} show={show} />}
      </section>
    </div>
  )
}
