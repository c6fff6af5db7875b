import { lazy, Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { readId } from '@holdfast/core/values/ids.ts'
import { referenceOf } from '@holdfast/core/values/reference.ts'
import type { RecipientParcel } from '@holdfast/wire/http/parcels.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import { CodeDisplay } from '../../kit/controls/tell/code-display.tsx'
import { DoorLabel, Place } from '../../kit/phone/place.tsx'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { daysLeft, doorFromHere } from './by-door.ts'
import type { WaitingDoor } from './by-door.ts'

const OpenHere = lazy(async () => ({ default: (await import('../afar/open-here.tsx')).OpenHere }))
const Give = lazy(async () => ({ default: (await import('../handover/give.tsx')).Give }))

export interface WaitingProps {
  readonly door: WaitingDoor
  readonly client: Client
  readonly onDisown: (door: WaitingDoor) => void
}

/** One door: the code at once, then where, until when, and whom to ask. */
export function Waiting({ door, client, onDisown }: WaitingProps): ReactNode {
  const { t } = useWords<RecipientId>()
  const { first, parcels } = door
  const numbers = parcels.map(({ trackingNumber }) => trackingNumber).join(', ')
  return (
    <article className="hf-card waiting">
      {first.code === null ? (
        <p>{t('recipient.noCode')}</p>
      ) : (
        <div className="waiting-code">
          <span className="hf-muted">{t('recipient.code')}</span>
          <CodeDisplay digits={first.code} />
        </div>
      )}
      {first.place && (
        <div className="waiting-where">
          <Place place={first.place} />
          {first.door && <DoorLabel label={first.door.label} />}
        </div>
      )}
      <FromHere parcel={first} client={client} />
      {first.dueAt !== null && <Term dueAt={first.dueAt} />}
      {first.cabinetOnline === false && (
        <p className="line hf-muted">
          <Icon name="info" />
          {t('recipient.offline')}
        </p>
      )}
      <div className="hf-muted hf-small hf-number">
        <p>{t('recipient.parcels', { carrier: first.carrierName, numbers })}</p>
        <Reference parcel={first} />
      </div>
      <Ways parcel={first} client={client} />
      <Doubts parcel={first} onDisown={() => onDisown(door)} />
    </article>
  )
}

/** Small print for a call to support: the same as in the message and on the slip. */
function Reference({ parcel: { deposit } }: { readonly parcel: RecipientParcel }): ReactNode {
  const { t } = useWords<RecipientId>()
  const id = readId('deposit', deposit ?? '')
  if (id === undefined) return null
  return <p>{t('recipient.reference', { reference: referenceOf(id) })}</p>
}

function FromHere({ parcel, client }: { readonly parcel: RecipientParcel; readonly client: Client }): ReactNode {
  const door = doorFromHere(parcel)
  if (door === undefined) return null
  return (
    <Suspense fallback={null}>
      <OpenHere client={client} {...door} phone={parcel.complaintPhone} />
    </Suspense>
  )
}

function CopyCode({ code }: { readonly code: string }): ReactNode {
  const { t } = useWords<RecipientId>()
  const [said, setSaid] = useState<RecipientId>()
  const copy = (): void => {
    const clipboard: Clipboard | undefined = navigator.clipboard
    const copied = clipboard === undefined ? Promise.reject(new Error('no clipboard here')) : clipboard.writeText(code)
    copied.then(
      () => setSaid('recipient.copied'),
      () => setSaid('recipient.copy.failed'),
    )
  }
  return (
    <>
      <Button onPress={copy} {...(said === 'recipient.copied' ? { icon: 'check' } : {})}>
        {t(said ?? 'recipient.copy')}
      </Button>
      <span className="hf-hidden" role="status">
        {said && t(said)}
      </span>
    </>
  )
}

function Term({ dueAt }: { readonly dueAt: number }): ReactNode {
  const { t, date } = useWords<RecipientId>()
  const days = daysLeft(dueAt, new Date().getTime())
  const when = { day: date(dueAt, 'day'), time: date(dueAt, 'time') }
  return (
    <p className="line">
      <Icon name={days === undefined ? 'warn' : 'clock'} />
      <span>
        {days === undefined ? (
          t('recipient.overdue', when)
        ) : (
          <>
            {t('recipient.until', when)} <strong className="term-left">({t('recipient.left', { days })})</strong>
          </>
        )}
      </span>
    </p>
  )
}

type Telling = 'new-code' | 'resend'

const told: Readonly<Record<Telling, RecipientId>> = {
  'new-code': 'recipient.newCode.sent',
  resend: 'recipient.resend.sent',
}

/** Both go by message; each says what came of it in the same line below. */
function useTelling(client: Client, parcel: string) {
  const [busy, setBusy] = useState<Telling>()
  const [done, setDone] = useState<Telling>()
  const [failure, setFailure] = useState<Failure>()
  const tell = async (telling: Telling): Promise<void> => {
    setBusy(telling)
    const answer = await client.send(`/v1/recipient/parcels/${parcel}/${telling}`)
    setBusy(undefined)
    setDone(answer.ok ? telling : undefined)
    setFailure(answer.ok ? undefined : answer.failure)
  }
  return { busy, done, failure, tell }
}

function Ways({ parcel, client }: { readonly parcel: RecipientParcel; readonly client: Client }): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const { busy, done, failure, tell } = useTelling(client, parcel.id)
  return (
    <>
      <div className="two">
        {parcel.code !== null && <CopyCode code={parcel.code} />}
        <SomebodyElse parcel={parcel} client={client} />
        <Button busy={busy === 'resend'} disabled={done === 'resend'} onPress={() => void tell('resend')}>
          {t('recipient.resend')}
        </Button>
        <Button busy={busy === 'new-code'} disabled={done === 'new-code'} onPress={() => void tell('new-code')}>
          {t('recipient.newCode')}
        </Button>
      </div>
      <p role="status" className={done || failure ? '' : 'hf-hidden'}>
        {failure ? failureWords(failure, words, 'recipient') : done && t(told[done])}
      </p>
    </>
  )
}

/** Last on the card, and none of them in the way of the code: whom to call, and that it is somebody else's. */
function Doubts({ parcel, onDisown }: { readonly parcel: RecipientParcel; readonly onDisown: () => void }): ReactNode {
  const { t } = useWords<RecipientId>()
  return (
    <div className="doubts">
      {parcel.complaintPhone !== null && (
        <a className="line complain" href={`tel:${parcel.complaintPhone}`}>
          <Icon name="phone" />
          {t('recipient.complain', { phone: parcel.complaintPhone })}
        </a>
      )}
      <button type="button" className="line complain" onClick={onDisown}>
        {t('recipient.notMine')}
      </button>
    </div>
  )
}

function SomebodyElse({ parcel, client }: { readonly parcel: RecipientParcel; readonly client: Client }): ReactNode {
  const { t } = useWords<RecipientId>()
  const [open, setOpen] = useState(false)
  if (parcel.deposit === null || parcel.place === null) return null
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('recipient.handover')}</Button>
      {open && (
        <Suspense fallback={null}>
          <Give
            client={client}
            cabinet={parcel.place.cabinet}
            deposit={parcel.deposit}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
