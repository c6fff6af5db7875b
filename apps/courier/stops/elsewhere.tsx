import type { ReactNode } from 'react'
import { type Neighbour, nearestFirst } from '@holdfast/core/values/position.ts'
import { roomFor } from '@holdfast/core/values/sizes.ts'
import type { CourierCabinet, Round, RoundItem } from '@holdfast/wire/http/courier/day.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { Place } from '../../kit/phone/place.tsx'
import { go, replaceBy } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { Trouble } from '../lists/list-page.tsx'
import { useSeen } from '../lists/seen.ts'
import type { CabinetList } from './cabinets.tsx'
import { roundPath, useRound } from './use-round.ts'

const shownAtMost = 8

/** Its cabinet is full: the neighbours with a door for it, the nearest first. Nothing goes there without its recipient. */
export function ElsewherePage({ client, parcel }: { readonly client: Client; readonly parcel: string }): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  const { seen, busy, failure, act } = useRound(client)
  const cabinets = useSeen<CabinetList>(client, '/v1/courier/cabinets')
  const item = seen.good?.value.items.find((each) => each.parcel === parcel)
  const all = cabinets.good?.value.items
  const ask = async (cabinet: string): Promise<void> => {
    const isAsked = await act<Round>(`${roundPath}/${parcel}/elsewhere`, { cabinet }, (round) => round)
    if (isAsked) replaceBy('round')
    else cabinets.again()
  }
  return (
    <Page title={t('courier.elsewhere')} back="round">
      <Trouble seen={seen.failure ? seen : cabinets} />
      {failure && <Banner tone="danger" title={failureWords(failure, words, 'courier')} />}
      {seen.good && item === undefined && <EmptyState icon="parcel" title={t('courier.elsewhere.gone')} />}
      {item === undefined || all === undefined ? (
        !seen.good && !seen.failure && <Progress label={t('courier.loading')} />
      ) : (
        <Choices item={item} all={all} busy={busy} onAsk={(cabinet) => void ask(cabinet)} />
      )}
    </Page>
  )
}

interface ChoicesProps {
  readonly item: RoundItem
  readonly all: readonly CourierCabinet[]
  readonly busy: boolean
  readonly onAsk: (cabinet: string) => void
}

function Choices({ item, all, busy, onAsk }: ChoicesProps): ReactNode {
  const { t } = useWords<CourierId>()
  const from = all.find(({ place }) => place.cabinet === item.cabinet)
  const free = all.filter((each) => each !== from && each.online && roomFor(item.size, each.free) > 0)
  const near =
    from === undefined
      ? free.map((of) => ({ of, here: false, metres: null }))
      : nearestFirst(from.place, free, ({ place }) => place)
  return (
    <>
      <p>
        <span className="hf-number">{item.trackingNumber}</span>
        {item.size !== null && ` · ${t(`size.${item.size}`)}`}
      </p>
      <p>{t('courier.elsewhere.what')}</p>
      {near.length === 0 && (
        <EmptyState icon="door" title={t('courier.elsewhere.none')}>
          {t('courier.elsewhere.none.hint')}
        </EmptyState>
      )}
      {near.slice(0, shownAtMost).map((each, index) => (
        <Choice
          key={each.of.place.cabinet}
          neighbour={each}
          room={roomFor(item.size, each.of.free)}
          operator={each.of.operatorName === from?.operatorName ? undefined : each.of.operatorName}
          first={index === 0}
          busy={busy}
          onAsk={() => onAsk(each.of.place.cabinet)}
        />
      ))}
      <Button icon="clock" onPress={() => go('cabinets')}>
        {t('courier.elsewhere.queue')}
      </Button>
    </>
  )
}

interface ChoiceProps {
  readonly neighbour: Neighbour<CourierCabinet>
  readonly room: number
  readonly operator: string | undefined
  readonly first: boolean
  readonly busy: boolean
  readonly onAsk: () => void
}

function Choice({ neighbour, room, operator, first, busy, onAsk }: ChoiceProps): ReactNode {
  const { t, number } = useWords<CourierId>()
  const { of, here, metres } = neighbour
  const far = here
    ? t('courier.elsewhere.here')
    : metres === null
      ? undefined
      : t('courier.elsewhere.metres', { metres: number(metres) })
  return (
    <article className="hf-card">
      <Place place={of.place} />
      <p>{[far, t('courier.elsewhere.room', { count: room }), operator].filter(Boolean).join(' · ')}</p>
      <Button kind={first ? 'main' : 'quiet'} icon="phone" busy={busy} onPress={onAsk}>
        {t('courier.elsewhere.ask')}
      </Button>
    </article>
  )
}
