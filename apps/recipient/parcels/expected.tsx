import { useState } from 'react'
import type { ReactNode } from 'react'
import type { RecipientParcel } from '@holdfast/wire/http/parcels.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import { Place } from '../../kit/phone/place.tsx'
import type { Words } from '../../kit/words/create-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'

export interface ExpectedProps {
  readonly parcel: RecipientParcel
  readonly client: Client
  readonly onChange: (changed: RecipientParcel) => void
}

/** A parcel on its way, with the question whether a locker is fine. The answer may be changed until it is put in. */
export function Expected({ parcel, client, onChange }: ExpectedProps): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const [busy, setBusy] = useState<boolean>()
  const [failure, setFailure] = useState<Failure>()
  const [changing, setChanging] = useState(false)
  const reply = async (accept: boolean): Promise<void> => {
    setBusy(accept)
    const answer = await client.send<RecipientParcel>(`/v1/recipient/parcels/${parcel.id}/consent`, {
      accept,
      ...(parcel.place ? { cabinet: parcel.place.cabinet } : {}),
    })
    setBusy(undefined)
    setFailure(answer.ok ? undefined : answer.failure)
    if (!answer.ok) return
    setChanging(false)
    onChange(answer.value)
  }
  return (
    <article className="hf-card">
      {parcel.place && <Place place={parcel.place} />}
      <p className="hf-muted hf-small hf-number">
        {t('recipient.parcels', { carrier: parcel.carrierName, numbers: parcel.trackingNumber })}
      </p>
      {parcel.consent === 'asked' || changing ? (
        <>
          <h3>{question(parcel, t)}</h3>
          <div className="two">
            <Button kind="main" busy={busy === true} onPress={() => void reply(true)}>
              {t(parcel.instead ? 'recipient.consent.instead.accept' : 'recipient.consent.accept')}
            </Button>
            <Button busy={busy === false} onPress={() => void reply(false)}>
              {t(parcel.instead ? 'recipient.consent.instead.decline' : 'recipient.consent.decline')}
            </Button>
          </div>
        </>
      ) : (
        <Told consent={parcel.consent} instead={parcel.instead !== undefined} onChange={() => setChanging(true)} />
      )}
      {failure && <p role="alert">{failureWords(failure, words, 'recipient')}</p>}
    </article>
  )
}

/** About another locker than before, that one is named, and how far it is where anybody knows. */
function question({ instead }: RecipientParcel, t: Words<RecipientId>['t']): string {
  if (instead === undefined) return t('recipient.consent.ask')
  const { name, metres } = instead
  return metres === null
    ? t('recipient.consent.instead', { name })
    : t('recipient.consent.instead.near', { name, metres })
}

interface ToldProps {
  readonly consent: 'none' | 'given' | 'declined'
  readonly instead: boolean
  readonly onChange: () => void
}

function Told({ consent, instead, onChange }: ToldProps): ReactNode {
  const { t } = useWords<RecipientId>()
  return (
    <div className="hf-row">
      <Icon name={consent === 'given' ? 'check' : 'info'} />
      <p role="status">
        {t(instead && consent !== 'none' ? `recipient.consent.instead.${consent}` : `recipient.consent.${consent}`)}
      </p>
      {consent !== 'none' && <Button onPress={onChange}>{t('recipient.consent.change')}</Button>}
    </div>
  )
}
