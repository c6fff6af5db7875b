import { useState } from 'react'
import type { ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Round, RoundAsked, RoundItem } from '@holdfast/wire/http/courier/day.ts'
import type { Courier } from '@holdfast/wire/http/people.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import type { IconName } from '../../kit/controls/icon.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { ListPage } from '../lists/list-page.tsx'
import { useSeen } from '../lists/seen.ts'
import type { CabinetList } from './cabinets.tsx'
import { countsOf, numbersIn, pollOf } from './round.ts'

const path = '/v1/courier/round'

/** The morning's list: what goes to which cabinet, and one button that asks everybody who was not asked. */
export function RoundPage({ client }: { readonly client: Client }): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  const { seen, busy, failure, unknown, act } = useRound(client)
  const counts = countsOf(seen.good?.value.items ?? [])
  const ask = counts.none > 0 && (
    <Button
      kind="main"
      size="big"
      icon="phone"
      busy={busy}
      onPress={() => void act<RoundAsked>(`${path}/ask`, {}, ({ round }) => round)}
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
          <Add client={client} busy={busy} onAdd={(body) => void act<Round>(path, body, (round) => round)} />
          {items.length === 0 ? (
            <EmptyState icon="parcel" title={t('courier.round.none')}>
              {t('courier.round.none.hint')}
            </EmptyState>
          ) : (
            <>
              <p className="hf-muted">{t('courier.round.counts', counts)}</p>
              <Items
                items={items}
                onDrop={(parcel) => void act<Round>(`${path}/${parcel}/drop`, {}, (round) => round)}
              />
            </>
          )}
        </>
      )}
    </ListPage>
  )
}

/** The list, and what changes it: each change answers with the list as it then stands. */
function useRound(client: Client) {
  const cache = useQueryClient()
  const seen = useSeen<Round>(client, path, pollOf)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const [unknown, setUnknown] = useState<readonly string[]>([])
  const act = async <T,>(to: string, body: object, round: (reply: T) => Round): Promise<void> => {
    setBusy(true)
    const answer = await client.send<T>(to, body)
    setBusy(false)
    setFailure(answer.ok ? undefined : answer.failure)
    if (!answer.ok) return
    const value = round(answer.value)
    setUnknown(value.unknown)
    cache.setQueryData([path], { good: { value, at: new Date().getTime() } })
  }
  return { seen, busy, failure, unknown, act }
}

interface AddProps {
  readonly client: Client
  readonly busy: boolean
  readonly onAdd: (body: object) => void
}

/** One cabinet at a time: first where to, then the numbers, typed, pasted or by the phone's keyboard scanner. */
function Add({ client, busy, onAdd }: AddProps): ReactNode {
  const { t } = useWords<CourierId>()
  const cabinets = useSeen<CabinetList>(client, '/v1/courier/cabinets')
  const me = useSeen<Courier>(client, '/v1/courier/me')
  const [chosen, setChosen] = useState<string>()
  const [typed, setTyped] = useState('')
  const places = cabinets.good?.value.items.map(({ place }) => place) ?? []
  const cabinet = chosen ?? places[0]?.cabinet
  const carrier = me.good?.value.employments[0]?.carrier
  const numbers = numbersIn(typed)
  return (
    <form
      className="hf-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (numbers.length === 0) return
        onAdd({ cabinet, carrier, numbers })
        setTyped('')
      }}
    >
      <div className="carriers" role="group" aria-label={t('courier.round.where')}>
        {places.map((place) => (
          <Button
            key={place.cabinet}
            pressed={place.cabinet === cabinet}
            {...(place.cabinet === cabinet ? { icon: 'check' as const } : {})}
            onPress={() => setChosen(place.cabinet)}
          >
            {place.name}
          </Button>
        ))}
      </div>
      <Field label={t('courier.round.numbers')} value={typed} onChange={setTyped} rows={3} autoComplete="off" />
      <Button submit busy={busy} disabled={numbers.length === 0 || cabinet === undefined || carrier === undefined}>
        {t('courier.round.add', { count: numbers.length })}
      </Button>
    </form>
  )
}

const icons: Readonly<Record<RoundItem['consent'], IconName>> = {
  none: 'clock',
  asked: 'phone',
  unanswered: 'clock',
  given: 'check',
  declined: 'warn',
}

interface ItemsProps {
  readonly items: readonly RoundItem[]
  readonly onDrop: (parcel: string) => void
}

function Items({ items, onDrop }: ItemsProps): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <ul className="hf-stack">
      {items.map(({ parcel, trackingNumber, consent, state, size }) => (
        <li key={parcel} className="deposit">
          <div className="deposit-words">
            <span className="hf-number">{trackingNumber}</span>
            <span className="line" data-consent={consent}>
              <Icon name={state === 'expected' ? icons[consent] : 'check'} />
              {state === 'expected' ? t(`courier.consent.${consent}`) : t(`courier.state.${state}`)}
            </span>
            {size !== null && <span className="hf-muted hf-small">{t(`size.${size}`)}</span>}
          </div>
          <Button onPress={() => onDrop(parcel)}>{t('courier.scan.drop')}</Button>
        </li>
      ))}
    </ul>
  )
}
