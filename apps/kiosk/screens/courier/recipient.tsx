import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Page } from '../../frame/page.tsx'
import { PhoneEntry } from '../../frame/phone-entry.tsx'
import { useKioskWords, useNow } from '../../now.tsx'
import { ParcelBox } from './parcel-box.tsx'

/** Nobody announced it: whose is it? */
export function Recipient({ parcel, problem }: ScreenOf<'recipient'>): ReactNode {
  const { t } = useKioskWords()
  const { site, send } = useNow()
  return (
    <Page
      title={t('kiosk.recipient.title')}
      hint={t('kiosk.recipient.hint')}
      problem={problem}
      acts={
        <PhoneEntry
          country={site.place?.defaultCountry}
          busy={false}
          verb={t('control.next')}
          onDone={(phone) => send({ kind: 'recipient', phone })}
        />
      }
    >
      <ParcelBox parcel={parcel} />
    </Page>
  )
}

export function RecipientCheck({ parcel, phone }: ScreenOf<'recipient-check'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Page
      title={t('kiosk.recipient.check')}
      hint={t('kiosk.recipient.check.hint')}
      acts={
        <>
          <Button kind="main" size="big" icon="check" onPress={() => send({ kind: 'right' })}>
            {t('kiosk.recipient.right')}
          </Button>
          <Button size="big" icon="erase" onPress={() => send({ kind: 'again' })}>
            {t('kiosk.recipient.again')}
          </Button>
        </>
      }
    >
      <output className="phone-digits phone-check">
        {phone.replace(/^(\+86|\+82)?(\+?\d+)(\d{4})(\d{4})$/, '$1 $2 $3 $4').trim()}
      </output>
      <ParcelBox parcel={parcel} ask={false} />
    </Page>
  )
}
