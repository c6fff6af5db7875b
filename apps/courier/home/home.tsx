import './home.css'
import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Round } from '@holdfast/wire/http/courier/day.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { go } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { Carry } from '../carry/carried.ts'
import { dayOf, soonFor, stopsOf } from '../lists/in-order.ts'
import type { CabinetList } from '../stops/cabinets.tsx'
import { freeIn } from '../stops/holds.ts'
import { countsOf } from '../stops/round.ts'
import { Trouble } from '../lists/list-page.tsx'
import type { RecallList } from '../lists/recalls.tsx'
import { useSeen } from '../lists/seen.ts'
import type { Deposits } from '../lists/today.tsx'
import { ScanKioskButton } from './scan-kiosk-button.tsx'
import { Tabs } from './tabs.tsx'

/** What next: whom no message reached, what to take out, and the way into the next kiosk. */
export function Home({ client, carry }: { readonly client: Client; readonly carry: Carry }): ReactNode {
  const { t } = useWords<CourierId>()
  const deposits = useSeen<Deposits>(client, '/v1/courier/deposits', ({ items }) =>
    soonFor(items, new Date().getTime()),
  )
  const recalls = useSeen<RecallList>(client, '/v1/courier/recalls')
  const day = deposits.good && dayOf(deposits.good.value.items)
  return (
    <Page
      title={t('courier.title')}
      foot={
        <>
          <Button size="big" icon="parcel" onPress={() => go('parcels')}>
            {t('courier.scanParcels')}
          </Button>
          <ScanKioskButton />
          <Tabs current="home" />
        </>
      }
    >
      <Trouble seen={deposits.failure ? deposits : recalls} />
      <StillHere carry={carry} />
      {day && day.missed.length > 0 && (
        <Banner
          tone="act"
          title={t('courier.missed', { count: day.missed.length })}
          action={<Button onPress={() => go('today')}>{t('courier.missed.see')}</Button>}
        />
      )}
      <div className="ways">
        <Before client={client} />
        <Here deposits={deposits.good?.value.items} recalls={recalls.good?.value.items} />
      </div>
      <Button icon="phone" onPress={() => go('carry')}>
        {t('courier.carry.open')}
      </Button>
    </Page>
  )
}

/** Facts of a cabinet that wait for a network on this phone. */
function StillHere({ carry }: { readonly carry: Carry }): ReactNode {
  const { t } = useWords<CourierId>()
  const { rows } = useSyncExternalStore(carry.subscribe, carry.state)
  const count = rows.filter(({ state }) => state === 'waiting').length
  if (count === 0) return null
  const see = <Button onPress={() => go('carry')}>{t('courier.missed.see')}</Button>
  return <Banner tone="act" title={t('courier.carry.waiting', { count })} action={see} />
}

/** What is better done before one stands at the cabinet. */
function Before({ client }: { readonly client: Client }): ReactNode {
  const { t } = useWords<CourierId>()
  const round = useSeen<Round>(client, '/v1/courier/round')
  const cabinets = useSeen<CabinetList>(client, '/v1/courier/cabinets')
  return (
    <>
      <Way
        route="round"
        count={round.good?.value.items.length}
        title={t('courier.round')}
        hint={t('courier.round.short', countsOf(round.good?.value.items ?? []))}
      />
      <Way
        route="cabinets"
        count={cabinets.good && freeIn(cabinets.good.value.items)}
        title={t('courier.cabinets')}
        hint={t('courier.cabinets.short')}
      />
    </>
  )
}

interface HereProps {
  readonly deposits: Deposits['items'] | undefined
  readonly recalls: RecallList['items'] | undefined
}

function Here({ deposits, recalls }: HereProps): ReactNode {
  const { t } = useWords<CourierId>()
  const stops = recalls === undefined ? '' : t('courier.stops', { count: stopsOf(recalls).length })
  return (
    <>
      <Way route="recalls" count={recalls?.length} title={t('courier.recalls')} hint={stops} />
      <Way route="today" count={deposits?.length} title={t('courier.today')} hint={t('courier.today.short')} />
    </>
  )
}

interface WayProps {
  readonly route: string
  readonly count: number | undefined
  readonly title: string
  readonly hint: string
}

function Way({ route, count, title, hint }: WayProps): ReactNode {
  const { number } = useWords<CourierId>()
  return (
    <a className="way" href={`#${route}`}>
      <span className="way-count">{count === undefined ? '–' : number(count)}</span>
      <span className="way-words">
        <strong>{title}</strong>
        <span className="hf-muted">{hint}</span>
      </span>
    </a>
  )
}
