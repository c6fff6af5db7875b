import { lazy, Suspense, useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import type { RecipientParcel, RecipientParcels } from '@holdfast/wire/http/parcels.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { AskFailed } from '../../kit/cloud/ask-failed.tsx'
import { Button } from '../../kit/controls/ask/button.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { go } from '../../kit/phone/route.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { useAsked } from '../asked.ts'
import { byDoor, doorFromHere } from './by-door.ts'
import type { WaitingDoor } from './by-door.ts'
import { Expected } from './expected.tsx'
import { Past } from './past.tsx'
import { Waiting } from './waiting.tsx'

const HandedToMe = lazy(async () => ({ default: (await import('../handover/received.tsx')).HandedToMe }))
const InboxLink = lazy(async () => ({ default: (await import('../inbox/inbox-link.tsx')).InboxLink }))
const NotMine = lazy(async () => ({ default: (await import('./not-mine.tsx')).NotMine }))

const freshMs = 15_000

/** The first view: what waits, with its code; what is on its way; what was. */
export function Parcels({ client }: { readonly client: Client }): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const asked = useAsked<RecipientParcels>(
    useCallback(() => client.get('/v1/recipient/parcels'), [client]),
    freshMs,
  )
  const { value, failure } = asked
  const disown = useDisowning(client, asked.again)
  const change = (changed: RecipientParcel): void =>
    asked.put((lists) => ({
      ...lists,
      expected: lists.expected.map((parcel) => (parcel.id === changed.id ? changed : parcel)),
    }))
  return (
    <Page
      title={t('recipient.title')}
      corner={<Button onPress={() => go('settings')}>{t('recipient.settings')}</Button>}
      foot={
        <Button
          // Where every screen is dead, the one thing to do stands on the cards.
          kind={value !== undefined && opensOnlyFromHere(value) ? 'quiet' : 'main'}
          size="big"
          icon="camera"
          hint={t('recipient.pickup.hint')}
          onPress={() => go('scan')}
        >
          {t('recipient.pickup')}
        </Button>
      }
    >
      <AskFailed app="recipient" asked={asked} />
      {value === undefined && !failure && <Progress label={t('recipient.loading')} />}
      {value && (
        <Suspense fallback={null}>
          <InboxLink client={client} />
        </Suspense>
      )}
      {value && <Lists lists={value} client={client} onChange={change} onDisown={disown.ask} />}
      {disown.sheet}
    </Page>
  )
}

const isRefused = ({ state }: RecipientParcel): boolean => state === 'refused'

const opensOnlyFromHere = ({ waiting }: RecipientParcels): boolean =>
  waiting.length > 0 && waiting.every((parcel) => doorFromHere(parcel) !== undefined)

/** Asked here and not on its card: the card goes as soon as the cloud has heard. */
function useDisowning(client: Client, again: () => void) {
  const [door, setDoor] = useState<WaitingDoor>()
  const close = (): void => {
    setDoor(undefined)
    again()
  }
  const sheet = door && (
    <Suspense fallback={null}>
      <NotMine key={door.key} door={door} client={client} onClose={close} />
    </Suspense>
  )
  return { ask: setDoor, sheet }
}

interface ListsProps {
  readonly lists: RecipientParcels
  readonly client: Client
  readonly onChange: (changed: RecipientParcel) => void
  readonly onDisown: (door: WaitingDoor) => void
}

function Lists({ lists, client, onChange, onDisown }: ListsProps): ReactNode {
  const { t } = useWords<RecipientId>()
  const doors = byDoor(lists.waiting.filter((parcel) => !isRefused(parcel)))
  // Until the carrier has taken it out it lies there still, but no longer for its recipient.
  const past = [...lists.waiting.filter(isRefused), ...lists.past]
  return (
    <>
      {doors.length === 0 ? (
        <EmptyState title={t('recipient.none')}>{t('recipient.none.hint')}</EmptyState>
      ) : (
        <section className="hf-stack" aria-labelledby="waiting">
          <h2 id="waiting">{t('recipient.waiting', { count: doors.length })}</h2>
          {doors.map((door) => (
            <Waiting key={door.key} door={door} client={client} onDisown={onDisown} />
          ))}
        </section>
      )}
      <Suspense fallback={null}>
        <HandedToMe client={client} />
      </Suspense>
      {lists.expected.length > 0 && (
        <section className="hf-stack" aria-labelledby="expected">
          <h2 id="expected">{t('recipient.expected')}</h2>
          {lists.expected.map((parcel) => (
            <Expected key={parcel.id} parcel={parcel} client={client} onChange={onChange} />
          ))}
        </section>
      )}
      {past.length > 0 && <Past parcels={past} />}
    </>
  )
}
