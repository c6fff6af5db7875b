import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Icon } from '../../../kit/controls/icon.tsx'
import { Page } from '../../frame/page.tsx'
import { PhoneEntry } from '../../frame/phone-entry.tsx'
import { useKioskWords, useNow } from '../../now.tsx'

/** For whoever has no code with him: the message comes again, and this screen never says whether a parcel waits. */
export function LostCode({ busy, sent, problem }: ScreenOf<'lost-code'>): ReactNode {
  const { t } = useKioskWords()
  const { site, send } = useNow()
  if (sent) {
    return (
      <Page
        title={t('kiosk.lostCode.sent')}
        hint={t('kiosk.lostCode.sent.hint')}
        problem={problem}
        acts={
          <Button kind="main" size="big" onPress={() => send({ kind: 'pick-up' })}>
            {t('kiosk.lostCode.type')}
          </Button>
        }
      >
        <div className="page-sign">
          <Icon name="phone" size="6em" />
        </div>
      </Page>
    )
  }
  return (
    <Page
      title={t('kiosk.lostCode.title')}
      hint={t('kiosk.lostCode.hint')}
      problem={problem}
      acts={
        <PhoneEntry
          country={site.place?.defaultCountry}
          busy={busy}
          verb={t('kiosk.lostCode.send')}
          onDone={(phone) => send({ kind: 'phone', phone })}
        />
      }
    />
  )
}
