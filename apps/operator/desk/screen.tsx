import type { ReactNode } from 'react'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { CabinetPage } from '../cabinet/cabinet-page.tsx'
import { House } from '../house/house.tsx'
import { NewCabinet } from '../new-cabinet/new-cabinet.tsx'
import { Overview } from '../overview/overview.tsx'
import { Search } from '../parcels/search.tsx'
import { Story } from '../parcels/story.tsx'
import { Sign } from '../safety/sign.tsx'
import { Undelivered } from '../undelivered/undelivered.tsx'
import { Title } from './title.tsx'
import { to } from './route.ts'
import type { Route } from './route.ts'

/** What stands in the frame. */
export function Screen({ route }: { readonly route: Route }): ReactNode {
  const { t } = useWords<OperatorId>()
  switch (route.screen) {
    case 'overview':
      return <Overview show={route.show} />
    case 'cabinet':
      return <CabinetPage key={route.cabinet} cabinet={route.cabinet} door={route.door} />
    case 'sign':
      return <Sign cabinet={route.cabinet} />
    case 'parcels':
      return <Search key={route.search} search={route.search} />
    case 'parcel':
      return <Story key={route.parcel} parcel={route.parcel} />
    case 'undelivered':
      return <Undelivered />
    case 'new-cabinet':
      return <NewCabinet />
    case 'house':
      return <House part={route.part} />
    case 'nowhere':
      return (
        <>
          <Title>{t('operator.nowhere')}</Title>
          <EmptyState
            icon="search"
            title={t('refusal.notFound')}
            action={
              <a className="op-button-link" href={to.overview}>
                {t('operator.nav.overview')}
              </a>
            }
          />
        </>
      )
  }
}
