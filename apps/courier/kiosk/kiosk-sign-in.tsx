import { useState } from 'react'
import type { ReactNode } from 'react'
import type { CourierKiosk, GrantReply } from '@holdfast/wire/http/access.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { HoldGrant } from '../../kit/phone/at-kiosk/hold-grant.tsx'
import type { KioskCode } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { TwoDigits } from '../../kit/phone/at-kiosk/two-digits.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { Place } from '../../kit/phone/place.tsx'
import { replaceBy } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { AgainButton } from './again-button.tsx'
import { Carriers } from './carriers.tsx'

export interface KioskSignInProps {
  readonly client: Client
  readonly code: KioskCode
  readonly kiosk: CourierKiosk
  readonly onSignedIn: () => void
}

/** For which carrier, the two digits, and in. */
export function KioskSignIn({ client, code, kiosk, onSignedIn }: KioskSignInProps): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  const [only] = kiosk.carriers
  const [carrier, setCarrier] = useState(kiosk.carriers.length === 1 ? only?.carrier : undefined)
  const [number, setNumber] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const [reply, setReply] = useState<GrantReply>()
  const signIn = async (): Promise<void> => {
    setBusy(true)
    const answer = await client.send<GrantReply>('/v1/courier/kiosk-sign-ins', { ...code, number, carrier })
    setBusy(false)
    setFailure(answer.ok ? undefined : answer.failure)
    if (!answer.ok) return
    setReply(answer.value)
    onSignedIn()
  }
  if (reply) return <SignedInAt kiosk={kiosk} reply={reply} />
  const spent = failure?.kind === 'refused'
  const enter = (
    <Button
      kind="main"
      size="big"
      icon="door"
      busy={busy}
      disabled={number.length < 2 || carrier === undefined}
      onPress={() => void signIn()}
    >
      {t('courier.kiosk.signIn')}
    </Button>
  )
  return (
    <Page title={t('courier.kiosk')} back="" foot={spent ? <AgainButton /> : enter}>
      <Place place={kiosk.place} />
      {failure && <Banner tone="danger" title={failureWords(failure, words, 'courier')} />}
      <Carriers carriers={kiosk.carriers} chosen={carrier} onChoose={setCarrier} />
      {!kiosk.online && <Banner tone="note" title={t('phone.kiosk.offline')} />}
      {!spent && <TwoDigits value={number} onChange={setNumber} />}
    </Page>
  )
}

/** In by network, or with a code to hold up. An offline cabinet hears no scans of this phone: its own scanner reads them. */
function SignedInAt({ kiosk, reply }: { readonly kiosk: CourierKiosk; readonly reply: GrantReply }): ReactNode {
  const { t } = useWords<CourierId>()
  const next = (
    <Button kind="main" size="big" icon="parcel" onPress={() => replaceBy('parcels')}>
      {t('courier.scanParcels')}
    </Button>
  )
  const done = (
    <Button kind="main" size="big" icon="phone" onPress={() => replaceBy('carry')}>
      {t('courier.carry')}
    </Button>
  )
  return (
    <Page title={t('courier.kiosk')} back="" foot={reply.sent ? next : done}>
      <Place place={kiosk.place} />
      {reply.sent ? (
        <Banner tone="safe" title={t('courier.kiosk.in')}>
          {t('courier.kiosk.in.do')}
        </Banner>
      ) : (
        <>
          <HoldGrant grant={reply.grant} title={t('courier.kiosk.hold')} />
          <p>{t('courier.kiosk.hold.then')}</p>
        </>
      )}
      {kiosk.place.screenDead && <Banner tone="note" title={t('courier.kiosk.silent')} />}
    </Page>
  )
}
