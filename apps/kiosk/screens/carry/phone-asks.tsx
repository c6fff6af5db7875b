import './carry.css'
import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Page } from '../../frame/page.tsx'
import { useKioskWords, useNow } from '../../now.tsx'
import { ParcelBox } from '../courier/parcel-box.tsx'
import { TurningCodes } from './turning-codes.tsx'

/** No network here: the courier's phone asks, and the door opens when it holds the answer before the scanner. */
export function PhoneAsks({ parcel, about, phone, codes, problem }: ScreenOf<'phone-asks'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Page
      title={t(`kiosk.phoneAsks.${about}`)}
      hint={t('kiosk.phoneAsks.hint')}
      problem={problem}
      acts={
        <>
          <ParcelBox parcel={parcel} />
          {about === 'parcel' ? (
            <Button size="big" icon="phone" onPress={() => send({ kind: 'type-recipient' })}>
              {t('kiosk.phoneAsks.type')}
            </Button>
          ) : (
            <Button size="big" onPress={() => send({ kind: 'back' })}>
              {t('kiosk.consent.next')}
            </Button>
          )}
        </>
      }
    >
      <TurningCodes codes={codes}>
        <p>{phone === null ? t('kiosk.phoneAsks.sealed') : t('kiosk.phoneAsks.to', { phone })}</p>
      </TurningCodes>
    </Page>
  )
}
