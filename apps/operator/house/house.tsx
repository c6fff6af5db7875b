import './house.css'
import type { ReactNode } from 'react'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { type HousePart, to } from '../desk/route.ts'
import { Title } from '../desk/title.tsx'
import { useDesk } from '../desk/use-desk.ts'
import { CarriersPage } from './carriers-page.tsx'
import { Checklist } from './checklist.tsx'
import { CouriersPage } from './couriers/couriers-page.tsx'
import { StaffPage } from './staff-page.tsx'

const parts = ['start', 'carriers', 'couriers', 'staff'] as const

/** Everything that a house needs, and what of it is still missing. */
export function House({ part }: { readonly part: HousePart }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const shown = parts.filter((name) => name !== 'staff' || me?.role === 'manager')
  return (
    <div className="op-house">
      <div className="op-page-head">
        <Title tab={t(`house.part.${part}`)}>{t('house.title')}</Title>
        {me?.role === 'manager' && (
          <a className="op-button-link" href={to.newCabinet}>
            {t('operator.nav.new')}
          </a>
        )}
      </div>
      <nav className="op-tabs" aria-label={t('house.title')}>
        {shown.map((name) => (
          <a key={name} href={to.house(name)} aria-current={name === part ? 'page' : undefined}>
            {t(`house.part.${name}`)}
          </a>
        ))}
      </nav>
      {part === 'start' && <Checklist />}
      {part === 'carriers' && <CarriersPage />}
      {part === 'couriers' && <CouriersPage />}
      {part === 'staff' && <StaffPage />}
    </div>
  )
}
