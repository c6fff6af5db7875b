import { useState } from 'react'
import type { ReactNode } from 'react'
import type { CourierDeposit } from '@holdfast/wire/http/parcels.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import type { IconName } from '../../kit/controls/icon.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { DoorLabel } from '../../kit/phone/place.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { AmendSheet } from './amend-sheet.tsx'
import { canAmend, dayOf, isMissed, soonFor, wordOf } from './in-order.ts'
import { ListPage } from './list-page.tsx'
import { useSeen } from './seen.ts'

export interface Deposits {
  readonly items: readonly CourierDeposit[]
}

/** Today's deposits and whether their recipients know: those not reached stand on top. */
export function Today({ client }: { readonly client: Client }): ReactNode {
  const { t } = useWords<CourierId>()
  const seen = useSeen<Deposits>(client, '/v1/courier/deposits', ({ items }) => soonFor(items, new Date().getTime()))
  const [chosen, setChosen] = useState<CourierDeposit>()
  return (
    <>
      <ListPage title={t('courier.today')} tab="today" seen={seen}>
        {({ items }) => <DayList {...dayOf(items)} onAmend={setChosen} />}
      </ListPage>
      <AmendSheet deposit={chosen} client={client} onDone={seen.again} onClose={() => setChosen(undefined)} />
    </>
  )
}

interface Amending {
  readonly onAmend: (deposit: CourierDeposit) => void
}

function DayList({ missed, others, onAmend }: ReturnType<typeof dayOf> & Amending): ReactNode {
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
          <DepositList deposits={missed} onAmend={onAmend} />
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">{t('courier.today.count', { count: others.length })}</h2>
          <DepositList deposits={others} onAmend={onAmend} />
        </section>
      )}
    </>
  )
}

const icons: Readonly<Partial<Record<ReturnType<typeof wordOf>, IconName>>> = {
  notMine: 'warn',
  'notice.none': 'clock',
  'notice.queued': 'clock',
  'notice.sent': 'clock',
  'notice.undeliverable': 'warn',
  'state.overdue': 'warn',
}

function DepositList({ deposits, onAmend }: Amending & { readonly deposits: readonly CourierDeposit[] }): ReactNode {
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
            {canAmend(deposit) && isMissed(deposit) && <AmendButton deposit={deposit} onAmend={onAmend} words />}
          </div>
          {canAmend(deposit) && !isMissed(deposit) && <AmendButton deposit={deposit} onAmend={onAmend} />}
        </li>
      ))}
    </ul>
  )
}

interface AmendButtonProps extends Amending {
  readonly deposit: CourierDeposit
  readonly words?: true
}

/** In words where something is to be done; a mark where all is well and somebody may still come and ask. */
function AmendButton({ deposit, onAmend, words }: AmendButtonProps): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <Button
      label={t('courier.amend.of', { label: deposit.door.label })}
      onPress={() => onAmend(deposit)}
      {...(words === true ? {} : { icon: 'repeat' as const })}
    >
      {words === true ? t('courier.amend') : ''}
    </Button>
  )
}
