import type { ReactNode } from 'react'
import type { CourierDeposit } from '@holdfast/wire/http/parcels.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { Icon } from '../../kit/controls/icon.tsx'
import type { IconName } from '../../kit/controls/icon.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { DoorLabel } from '../../kit/phone/place.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { dayOf, isMissed, soonFor, wordOf } from './in-order.ts'
import { ListPage } from './list-page.tsx'
import { useSeen } from './seen.ts'

export interface Deposits {
  readonly items: readonly CourierDeposit[]
}

/** Today's deposits and whether their recipients know: those not reached stand on top. */
export function Today({ client }: { readonly client: Client }): ReactNode {
  const { t } = useWords<CourierId>()
  const seen = useSeen<Deposits>(client, '/v1/courier/deposits', ({ items }) => soonFor(items, new Date().getTime()))
  return (
    <ListPage title={t('courier.today')} tab="today" seen={seen}>
      {({ items }) => <DayList {...dayOf(items)} />}
    </ListPage>
  )
}

function DayList({ missed, others }: ReturnType<typeof dayOf>): ReactNode {
  const { t } = useWords<CourierId>()
  if (missed.length + others.length === 0) {
    return <EmptyState title={t('courier.today.none')}>{t('courier.today.none.hint')}</EmptyState>
  }
  return (
    <>
      {missed.length > 0 && (
        <section aria-labelledby="missed">
          <h2 id="missed">{t('courier.missed', { count: missed.length })}</h2>
          <p className="hf-muted">{t('courier.missed.do')}</p>
          <DepositList deposits={missed} />
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">{t('courier.today.count', { count: others.length })}</h2>
          <DepositList deposits={others} />
        </section>
      )}
    </>
  )
}

const icons: Readonly<Partial<Record<ReturnType<typeof wordOf>, IconName>>> = {
  'notice.none': 'clock',
  'notice.queued': 'clock',
  'notice.sent': 'clock',
  'notice.undeliverable': 'warn',
  'state.overdue': 'warn',
}

function DepositList({ deposits }: { readonly deposits: readonly CourierDeposit[] }): ReactNode {
  const { t, date } = useWords<CourierId>()
  return (
    <ul className="hf-stack">
      {deposits.map((deposit) => (
        <li key={deposit.deposit} className={isMissed(deposit) ? 'deposit deposit-missed' : 'deposit'}>
          <DoorLabel label={deposit.door.label} />
          <div className="deposit-words">
            {deposit.parcels.map(({ trackingNumber }) => (
              <span key={trackingNumber} className="hf-number">
                {trackingNumber}
              </span>
            ))}
            <span className="line">
              <Icon name={icons[wordOf(deposit)] ?? 'check'} />
              {t(`courier.${wordOf(deposit)}`)}
            </span>
            <span className="hf-muted hf-small">
              {t('courier.madeAt', { site: deposit.place.siteName, time: date(deposit.madeAt, 'time') })}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}
