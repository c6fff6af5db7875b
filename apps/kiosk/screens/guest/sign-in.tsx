import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Progress } from '../../../kit/controls/tell/progress.tsx'
import { DigitEntry } from '../../frame/digit-entry.tsx'
import { Page } from '../../frame/page.tsx'
import { PhoneEntry } from '../../frame/phone-entry.tsx'
import { ScanPanel } from '../../frame/scan-panel.tsx'
import { useKioskWords, useNow } from '../../now.tsx'

export function SignIn({ qr, problem }: ScreenOf<'sign-in'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Page
      title={t('kiosk.signIn.title')}
      problem={problem}
      acts={
        <Button size="big" icon="phone" onPress={() => send({ kind: 'by-phone' })}>
          {t('kiosk.signIn.byPhone')}
        </Button>
      }
    >
      <ScanPanel
        large
        qr={qr}
        title={t('kiosk.signIn.hint')}
        steps={t('kiosk.signIn.number')}
        foot={t('kiosk.qr.scanner')}
      />
    </Page>
  )
}

export function CourierPhone({ busy, problem }: ScreenOf<'courier-phone'>): ReactNode {
  const { t } = useKioskWords()
  const { site, send } = useNow()
  return (
    <Page
      title={t('kiosk.phone.title')}
      hint={t('kiosk.phone.hint')}
      problem={problem}
      acts={
        <PhoneEntry
          country={site.place?.defaultCountry}
          busy={busy}
          verb={t('kiosk.phone.send')}
          onDone={(phone) => send({ kind: 'phone', phone })}
        />
      }
    />
  )
}

export function CourierCode({ phone, busy, problem }: ScreenOf<'courier-code'>): ReactNode {
  const { t } = useKioskWords()
  const { show, send } = useNow()
  return (
    <Page
      title={t('kiosk.messageCode.title')}
      hint={t('kiosk.messageCode.hint', { phone })}
      problem={problem}
      acts={
        <>
          {busy && <Progress label={t('kiosk.messageCode.busy')} />}
          <DigitEntry
            length={6}
            attempt={show.n}
            disabled={busy}
            onFull={(code) => send({ kind: 'message-code', code })}
          />
        </>
      }
    />
  )
}

export function CourierCarrier({ carriers, busy, problem }: ScreenOf<'courier-carrier'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Page
      title={t('kiosk.carrier.title')}
      hint={t('kiosk.carrier.hint')}
      problem={problem}
      acts={
        <>
          {busy && <Progress label={t('kiosk.messageCode.busy')} />}
          {carriers.map(({ carrier, name }) => (
            <Button key={carrier} size="big" disabled={busy} onPress={() => send({ kind: 'carrier', carrier })}>
              {name}
            </Button>
          ))}
        </>
      }
    />
  )
}
