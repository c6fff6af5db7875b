import { useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { HoldGrant } from '../../kit/phone/at-kiosk/hold-grant.tsx'
import type { KioskCode } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { TwoDigits } from '../../kit/phone/at-kiosk/two-digits.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { replaceBy } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { Certificates } from '../certificate/certificates.ts'
import { Carriers } from './carriers.tsx'

export interface OfflineSignInProps {
  readonly certificates: Certificates
  readonly code: KioskCode
  readonly busy: boolean
  readonly onRetry: () => void
}

/** Neither phone nor cabinet has a network: the phone's key answers the kiosk's screen. */
export function OfflineSignIn({ certificates, code, busy, onRetry }: OfflineSignInProps): ReactNode {
  const { t } = useWords<CourierId>()
  const list = useSyncExternalStore(certificates.subscribe, certificates.list)
  const [only] = list
  const [carrier, setCarrier] = useState(list.length === 1 ? only?.carrier : undefined)
  const [number, setNumber] = useState('')
  const [text, setText] = useState<string>()
  const answer = async (): Promise<void> => setText(await certificates.answer(code, number, carrier ?? ''))
  if (text !== undefined) return <Held text={text} />
  const enter = (
    <Button
      kind="main"
      size="big"
      icon="door"
      disabled={number.length < 2 || carrier === undefined}
      onPress={() => void answer()}
    >
      {t('courier.kiosk.certificate')}
    </Button>
  )
  return (
    <Page title={t('courier.kiosk')} back="" foot={enter}>
      <Banner
        tone="note"
        title={t('courier.kiosk.certificate.how')}
        action={
          <Button busy={busy} onPress={onRetry}>
            {t('control.retry')}
          </Button>
        }
      />
      <Carriers
        carriers={list.map((one) => ({ carrier: one.carrier, name: one.carrierName }))}
        chosen={carrier}
        onChoose={setCarrier}
      />
      <TwoDigits value={number} onChange={setNumber} />
    </Page>
  )
}

function Held({ text }: { readonly text: string }): ReactNode {
  const { t } = useWords<CourierId>()
  const done = (
    <Button kind="main" size="big" icon="phone" onPress={() => replaceBy('carry')}>
      {t('courier.carry')}
    </Button>
  )
  return (
    <Page title={t('courier.kiosk')} back="" foot={done}>
      <HoldGrant grant={text} title={t('courier.kiosk.hold')} />
      <p>{t('courier.kiosk.certificate.then')}</p>
    </Page>
  )
}
