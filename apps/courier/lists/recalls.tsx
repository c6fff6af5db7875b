import type { ReactNode } from 'react'
import type { Recall } from '@holdfast/wire/http/parcels.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { DoorLabel, Place } from '../../kit/phone/place.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { ScanKioskButton } from '../home/scan-kiosk-button.tsx'
import { stopsOf } from './in-order.ts'
import type { Stop } from './in-order.ts'
import { ListPage } from './list-page.tsx'
import { useSeen } from './seen.ts'

export interface RecallList {
  readonly items: readonly Recall[]
}

/** What to take out, stop by stop. The doors open at the kiosk. */
export function Recalls({ client }: { readonly client: Client }): ReactNode {
  const { t } = useWords<CourierId>()
  const seen = useSeen<RecallList>(client, '/v1/courier/recalls')
  const some = (seen.good?.value.items.length ?? 0) > 0
  return (
    <ListPage title={t('courier.recalls')} tab="recalls" seen={seen} {...(some ? { foot: <ScanKioskButton /> } : {})}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="check" title={t('courier.recalls.none')}>
            {t('courier.recalls.none.hint')}
          </EmptyState>
        ) : (
          <>
            <p className="hf-muted">{t('courier.recalls.how')}</p>
            {stopsOf(items).map((stop) => (
              <StopCard key={stop.place.cabinet} stop={stop} />
            ))}
          </>
        )
      }
    </ListPage>
  )
}

function StopCard({ stop }: { readonly stop: Stop }): ReactNode {
  const { t, date } = useWords<CourierId>()
  return (
    <article className="hf-card">
      <Place place={stop.place} />
      <h2>{t('courier.doors', { count: stop.recalls.length })}</h2>
      <ul className="hf-stack">
        {stop.recalls.map((recall) => (
          <li key={recall.deposit} className="deposit">
            <DoorLabel label={recall.door.label} />
            <div className="deposit-words">
              {recall.parcels.map(({ id, trackingNumber }) => (
                <span key={id} className="hf-number">
                  {trackingNumber}
                </span>
              ))}
              <span>{t(`courier.why.${recall.why}`, { day: date(recall.since, 'day') })}</span>
            </div>
          </li>
        ))}
      </ul>
    </article>
  )
}
