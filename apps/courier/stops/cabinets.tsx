import { useState } from 'react'
import type { ReactNode } from 'react'
import { sizes } from '@holdfast/core/values/sizes.ts'
import type { CourierCabinet, Hold } from '@holdfast/wire/http/courier/day.ts'
import type { Courier } from '@holdfast/wire/http/people.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { go } from '../../kit/phone/route.ts'
import { Place } from '../../kit/phone/place.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { ListPage } from '../lists/list-page.tsx'
import { useSeen } from '../lists/seen.ts'
import { isOpen, pollOf, shownHolds } from './holds.ts'

export interface CabinetList {
  readonly items: readonly CourierCabinet[]
}

/** Where doors are free, before one goes there; and a door held on the way. */
export function Cabinets({ client }: { readonly client: Client }): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  const seen = useSeen<CabinetList>(client, '/v1/courier/cabinets', pollOf)
  const me = useSeen<Courier>(client, '/v1/courier/me')
  const [failure, setFailure] = useState<Failure>()
  const act = async (path: string, body: object): Promise<void> => {
    const answer = await client.send(path, body)
    setFailure(answer.ok ? undefined : answer.failure)
    seen.again()
  }
  // A door is held for the person: whichever employer's parcels then go in.
  const carrier = me.good?.value.employments[0]?.carrier
  return (
    <ListPage title={t('courier.cabinets')} tab="home" seen={seen}>
      {({ items }) => (
        <>
          {failure && <Banner tone="danger" title={failureWords(failure, words, 'courier')} />}
          {items.length === 0 && <EmptyState icon="door" title={t('courier.cabinets.none')} />}
          {items.map((cabinet) => (
            <CabinetCard
              key={cabinet.place.cabinet}
              cabinet={cabinet}
              onHold={(size) =>
                carrier === undefined
                  ? undefined
                  : void act('/v1/courier/holds', { cabinet: cabinet.place.cabinet, carrier, size })
              }
              onGiveBack={({ hold }) => void act(`/v1/courier/holds/${hold}/give-back`, {})}
            />
          ))}
        </>
      )}
    </ListPage>
  )
}

interface CardProps {
  readonly cabinet: CourierCabinet
  readonly onHold: (size: Hold['size']) => void
  readonly onGiveBack: (hold: Hold) => void
}

function CabinetCard({ cabinet, onHold, onGiveBack }: CardProps): ReactNode {
  const { t, date } = useWords<CourierId>()
  const { place, free, online, heardAt, waiting } = cabinet
  const none = sizes.every((size) => free[size] === 0)
  return (
    <article className="hf-card">
      <Place place={place} />
      <dl className="free-doors">
        {sizes.map((size) => (
          <div key={size} className={free[size] === 0 ? 'free-none' : undefined}>
            <dt>
              <span aria-hidden="true">{size}</span>
              <span className="hf-hidden">{t(`size.${size}`)}</span>
            </dt>
            <dd>{free[size]}</dd>
          </div>
        ))}
      </dl>
      <p className="line">
        <Icon name={online && !none ? 'check' : 'warn'} />
        <span>
          {none ? t('courier.cabinets.full', { count: waiting }) : t('courier.cabinets.free')}{' '}
          {heardAt === null
            ? t('courier.cabinets.unheard')
            : t(online ? 'courier.cabinets.now' : 'courier.cabinets.stale', { time: date(heardAt, 'time') })}
        </span>
      </p>
      {shownHolds(cabinet).map((hold) => (
        <HoldRow key={hold.hold} hold={hold} onGiveBack={() => onGiveBack(hold)} />
      ))}
      {online && <HoldAsk onHold={onHold} />}
      {none && (
        <Button icon="repeat" onPress={() => go('round')}>
          {t('courier.cabinets.elsewhere')}
        </Button>
      )}
    </article>
  )
}

function HoldRow({ hold, onGiveBack }: { readonly hold: Hold; readonly onGiveBack: () => void }): ReactNode {
  const { t, date } = useWords<CourierId>()
  const { state, size, label, until } = hold
  const open = isOpen(hold)
  return (
    <div className="hold" data-state={state}>
      <span className="line">
        <Icon name={state === 'held' ? 'check' : open ? 'clock' : 'warn'} />
        <span>
          {t(`courier.hold.${state}`, {
            label: label ?? '',
            size: t(`size.${size}`),
            time: until === null ? '' : date(until, 'time'),
          })}
        </span>
      </span>
      {open && <Button onPress={onGiveBack}>{t('courier.hold.giveBack')}</Button>}
    </div>
  )
}

function HoldAsk({ onHold }: Pick<CardProps, 'onHold'>): ReactNode {
  const { t } = useWords<CourierId>()
  const [open, setOpen] = useState(false)
  if (!open) {
    return (
      <Button icon="door" onPress={() => setOpen(true)}>
        {t('courier.hold.ask')}
      </Button>
    )
  }
  return (
    <div className="hold-sizes" role="group" aria-label={t('courier.hold.which')}>
      {sizes.map((size) => (
        <Button
          key={size}
          onPress={() => {
            setOpen(false)
            onHold(size)
          }}
        >
          {t(`size.${size}`)}
        </Button>
      ))}
    </div>
  )
}
