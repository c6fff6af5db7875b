import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Progress } from '../../../kit/controls/tell/progress.tsx'
import { Page } from '../../frame/page.tsx'
import { labelOf, useKioskWords, useNow } from '../../now.tsx'
import { ParcelBox } from './parcel-box.tsx'

const hints = {
  missing: 'kiosk.consent.missing.hint',
  asking: 'kiosk.consent.missing.hint',
  waiting: 'kiosk.consent.waiting.hint',
  declined: 'kiosk.consent.declined.hint',
  unreachable: 'kiosk.consent.unreachable.hint',
} as const

/** no consent, no door; and how to get it. */
export function Consent({ parcel, state, phone, canAsk }: ScreenOf<'consent'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Page
      title={t(`kiosk.consent.${state}`)}
      hint={t(hints[state])}
      acts={
        <>
          {state === 'waiting' && (
            <Progress
              label={phone === null ? t('kiosk.consent.waiting') : t('kiosk.consent.waiting.phone', { phone })}
            />
          )}
          {canAsk && (
            <Button
              kind="main"
              size="big"
              icon="phone"
              busy={state === 'asking'}
              onPress={() => send({ kind: 'ask-consent' })}
            >
              {t('kiosk.consent.ask')}
            </Button>
          )}
          <Button kind={canAsk ? 'quiet' : 'main'} size="big" onPress={() => send({ kind: 'back' })}>
            {t('kiosk.consent.next')}
          </Button>
        </>
      }
    >
      <ParcelBox parcel={parcel} />
    </Page>
  )
}

export function SameDoor({ parcel, compartment }: ScreenOf<'same-door'>): ReactNode {
  const { t } = useKioskWords()
  const { site, send } = useNow()
  const label = labelOf(site, compartment)
  return (
    <Page
      title={t('kiosk.sameDoor.title')}
      hint={t('kiosk.sameDoor.hint', { label })}
      acts={
        <>
          <Button kind="main" size="big" icon="check" onPress={() => send({ kind: 'same-door', same: true })}>
            {t('kiosk.sameDoor.yes', { label })}
          </Button>
          <Button size="big" icon="door" onPress={() => send({ kind: 'same-door', same: false })}>
            {t('kiosk.sameDoor.no')}
          </Button>
        </>
      }
    >
      <ParcelBox parcel={parcel} />
    </Page>
  )
}
