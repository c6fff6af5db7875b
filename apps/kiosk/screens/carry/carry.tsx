import './carry.css'
import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Page } from '../../frame/page.tsx'
import { useKioskWords, useNow } from '../../now.tsx'
import { TurningCodes } from './turning-codes.tsx'

/** The courier's phone takes what the network cannot: codes in turn, again and again, until he says that it has them. */
export function Carry({ codes, deposits, more, last }: ScreenOf<'carry'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Page
      title={t('kiosk.carry.title')}
      hint={t('kiosk.carry.hint')}
      acts={
        <>
          <Button kind="main" size="big" icon="phone" onPress={() => send({ kind: 'carried' })}>
            {t('kiosk.carry.done')}
          </Button>
          <p className="carry-later">{t(last ? 'kiosk.carry.without.means' : 'kiosk.carry.later.means')}</p>
          <Button onPress={() => send({ kind: 'carry-later' })}>
            {t(last ? 'kiosk.carry.without' : 'kiosk.carry.later')}
          </Button>
        </>
      }
    >
      <TurningCodes codes={codes}>
        <p>
          {t('kiosk.carry.count', { deposits })}
          {more > 0 && ` ${t('kiosk.carry.more', { more })}`}
        </p>
      </TurningCodes>
    </Page>
  )
}
