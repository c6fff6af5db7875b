import type { ReactNode } from 'react'
import type { Round, RoundAsked } from '@holdfast/wire/http/courier/day.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { ListPage } from '../lists/list-page.tsx'
import { useSeen } from '../lists/seen.ts'
import { AddParcels } from './add-parcels.tsx'
import type { CabinetList } from './cabinets.tsx'
import { countsOf } from './round.ts'
import { RoundItems } from './round-items.tsx'
import { roundPath, useRound } from './use-round.ts'

/** The morning's list: what goes to which cabinet, and one button that asks everybody who was not asked. */
export function RoundPage({ client }: { readonly client: Client }): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  const { seen, busy, failure, unknown, taken, act } = useRound(client)
  const cabinets = useSeen<CabinetList>(client, '/v1/courier/cabinets')
  const counts = countsOf(seen.good?.value.items ?? [])
  const ask = counts.none > 0 && (
    <Button
      kind="main"
      size="big"
      icon="phone"
      busy={busy}
      onPress={() => void act<RoundAsked>(`${roundPath}/ask`, {}, ({ round }) => round)}
    >
      {t('courier.round.ask', { count: counts.none })}
    </Button>
  )
  return (
    <ListPage title={t('courier.round')} tab="home" seen={seen} foot={ask}>
      {({ items }) => (
        <>
          {failure && <Banner tone="danger" title={failureWords(failure, words, 'courier')} />}
          {unknown.length > 0 && (
            <Banner tone="note" title={t('courier.round.unknown', { count: unknown.length })}>
              {unknown.join(', ')}
            </Banner>
          )}
          <AddParcels client={client} busy={busy} act={act} />
          {items.length === 0 ? (
            <EmptyState icon="parcel" title={t('courier.round.none')}>
              {t('courier.round.none.hint')}
            </EmptyState>
          ) : (
            <>
              <p className="hf-muted" role="status">
                {t('courier.round.counts', { ...counts, asked: counts.asked + counts.unanswered })}
              </p>
              <RoundItems
                items={items}
                cabinets={cabinets.good?.value.items ?? []}
                taken={taken}
                onDrop={(parcel) => void act<Round>(`${roundPath}/${parcel}/drop`, {}, (round) => round)}
              />
            </>
          )}
        </>
      )}
    </ListPage>
  )
}
