import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { roomFor } from '@holdfast/core/values/sizes.ts'
import type { CourierCabinet, RoundItem } from '@holdfast/wire/http/courier/day.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import type { IconName } from '../../kit/controls/icon.tsx'
import { go } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { scannedFirst } from './round.ts'

const icons: Readonly<Record<RoundItem['consent'], IconName>> = {
  none: 'clock',
  asked: 'phone',
  unanswered: 'clock',
  given: 'check',
  declined: 'warn',
}

export interface RoundItemsProps {
  readonly items: readonly RoundItem[]
  readonly cabinets: readonly CourierCabinet[]
  readonly taken: readonly string[]
  readonly onDrop: (parcel: string) => void
}

/** What was scanned last stands first; each with its answer, where it goes, and the way out where that is full. */
export function RoundItems({ items, cabinets, taken, onDrop }: RoundItemsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null)
  const newest = items.find(({ parcel }) => parcel === taken.at(-1))?.parcel
  const shown = useRef(newest)
  // Under the camera the row of the label just read would lie behind the buttons.
  useEffect(() => {
    if (newest !== shown.current) list.current?.firstElementChild?.scrollIntoView({ block: 'nearest' })
    shown.current = newest
  }, [newest])
  return (
    <ul className="hf-stack" ref={list}>
      {scannedFirst(items, taken).map((item) => (
        <Item
          key={item.parcel}
          item={item}
          cabinet={cabinets.find(({ place }) => place.cabinet === item.cabinet)}
          taken={taken.includes(item.parcel)}
          onDrop={() => onDrop(item.parcel)}
        />
      ))}
    </ul>
  )
}

interface ItemProps {
  readonly item: RoundItem
  readonly cabinet: CourierCabinet | undefined
  readonly taken: boolean
  readonly onDrop: () => void
}

function Item({ item, cabinet, taken, onDrop }: ItemProps): ReactNode {
  const { t } = useWords<CourierId>()
  const { parcel, trackingNumber, consent, state, size } = item
  const isComing = state === 'expected'
  const isFull = isComing && cabinet !== undefined && roomFor(size, cabinet.free) === 0
  const where = [cabinet?.place.name, size === null ? undefined : t(`size.${size}`)].filter(Boolean).join(' · ')
  return (
    <li className="deposit" data-taken={taken}>
      <div className="deposit-words">
        <span className="hf-number">{trackingNumber}</span>
        <span className="line" data-consent={consent}>
          <Icon name={isComing ? icons[consent] : 'check'} />
          {isComing ? t(`courier.consent.${consent}`) : t(`courier.state.${state}`)}
        </span>
        <span className="hf-muted hf-small">{where}</span>
        {taken && (
          <span className="line hf-small">
            <Icon name="check" />
            {t('courier.round.taken')}
          </span>
        )}
        {isFull && (
          <span className="line">
            <Icon name="warn" />
            {t('courier.round.full', { name: cabinet.place.name })}
          </span>
        )}
        {isComing && consent !== 'asked' && (isFull || consent === 'declined' || consent === 'unanswered') && (
          <Button icon="door" onPress={() => go(`elsewhere/${parcel}`)}>
            {t('courier.elsewhere')}
          </Button>
        )}
      </div>
      <Button onPress={onDrop}>{t('courier.scan.drop')}</Button>
    </li>
  )
}
