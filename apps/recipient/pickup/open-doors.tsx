import { lazy, Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import type { GrantReply, RecipientKiosk } from '@holdfast/wire/http/access.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { KioskCode } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { TwoDigits } from '../../kit/phone/at-kiosk/two-digits.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { DoorLabel, Place } from '../../kit/phone/place.tsx'
import { go, replaceBy } from '../../kit/phone/route.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { newVisit, nextDoor, openedOne } from './doors.ts'
import type { KioskDeposit, Visit } from './doors.ts'

const HoldGrant = lazy(async () => ({
  default: (await import('../../kit/phone/at-kiosk/hold-grant.tsx')).HoldGrant,
}))

export interface OpenDoorsProps {
  readonly client: Client
  readonly code: KioskCode
  readonly kiosk: RecipientKiosk
}

/** The two digits once, then one door after another: the nonce stays good for the session of this screen. */
export function OpenDoors({ client, code, kiosk }: OpenDoorsProps): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const [number, setNumber] = useState('')
  const [visit, setVisit] = useState(newVisit)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const next = nextDoor(kiosk.deposits, visit)
  const open = async ({ deposit }: KioskDeposit): Promise<void> => {
    setBusy(true)
    const answer = await client.send<GrantReply>('/v1/recipient/pickup-grants', { ...code, number, deposit })
    setBusy(false)
    setFailure(answer.ok ? undefined : answer.failure)
    if (answer.ok) setVisit((before) => openedOne(before, deposit, answer.value))
  }
  const begun = visit.last !== undefined
  const opener = next && (
    <Button kind="main" size="big" icon="door" busy={busy} disabled={number.length < 2} onPress={() => void open(next)}>
      {t(begun ? 'recipient.kiosk.next' : 'recipient.kiosk.open', { label: next.door.label })}
    </Button>
  )
  // A wrong number burns the nonce (law "Access"), an old one is gone: only a fresh look at the screen helps.
  const spent = failure?.kind === 'refused'
  const again = (
    <Button kind="main" size="big" icon="camera" onPress={() => replaceBy('scan')}>
      {t('phone.kiosk.again')}
    </Button>
  )
  const done = (
    <Button kind="main" size="big" onPress={() => go('')}>
      {t('recipient.kiosk.done')}
    </Button>
  )
  return (
    <Page title={t('recipient.pickup')} back="" foot={spent ? again : (opener ?? done)}>
      <Place place={kiosk.place} />
      {failure && <Banner tone="danger" title={failureWords(failure, words, 'recipient')} />}
      {visit.last ? <LastDoor kiosk={kiosk} last={visit.last} ends={next === undefined} /> : null}
      {!begun && !kiosk.online && <Banner tone="note" title={t('phone.kiosk.offline')} />}
      <DoorList kiosk={kiosk} visit={visit} />
      {!begun && !spent && <TwoDigits value={number} onChange={setNumber} />}
    </Page>
  )
}

function DoorList({ kiosk, visit }: { readonly kiosk: RecipientKiosk; readonly visit: Visit }): ReactNode {
  const { t } = useWords<RecipientId>()
  return (
    <section className="hf-stack" aria-labelledby="doors">
      <h2 id="doors">{t('recipient.kiosk.here', { count: kiosk.deposits.length })}</h2>
      <ul className="hf-stack">
        {kiosk.deposits.map(({ deposit, door, carrierName, trackingNumbers }) => (
          <li key={deposit} className="hf-row">
            <DoorLabel label={door.label} />
            <span className="hf-muted hf-small hf-number">
              {t('recipient.parcels', { carrier: carrierName, numbers: trackingNumbers.join(', ') })}
            </span>
            {visit.opened.includes(deposit) && (
              <strong className="line">
                <Icon name="check" />
                {t('recipient.kiosk.opened')}
              </strong>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface LastDoorProps {
  readonly kiosk: RecipientKiosk
  readonly last: NonNullable<Visit['last']>
  readonly ends: boolean
}

function LastDoor({ kiosk, last, ends }: LastDoorProps): ReactNode {
  const { t } = useWords<RecipientId>()
  const label =
    last.reply.door?.label ?? kiosk.deposits.find(({ deposit }) => deposit === last.deposit)?.door.label ?? ''
  return (
    <>
      {last.reply.sent ? (
        <Banner tone="act" title={t('recipient.kiosk.sent', { label })}>
          {t('recipient.kiosk.sent.hint')}
        </Banner>
      ) : (
        <Suspense fallback={null}>
          <HoldGrant grant={last.reply.grant} title={t('recipient.kiosk.hold', { label })} />
        </Suspense>
      )}
      {ends && <p>{t('recipient.kiosk.last')}</p>}
    </>
  )
}
