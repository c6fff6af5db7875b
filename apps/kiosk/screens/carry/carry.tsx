import './carry.css'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { QrCode } from '../../../kit/controls/tell/qr-code.tsx'
import { Page } from '../../frame/page.tsx'
import { useKioskWords, useNow } from '../../now.tsx'

/** Four changes a second are two flashes: below the three that WCAG 2.3.1 allows, and quick for a camera. */
const everyMs = 250

/** The courier's phone takes what the network cannot: codes in turn, again and again, until he says that it has them. */
export function Carry({ codes, deposits, more, last }: ScreenOf<'carry'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  const at = useTurn(codes.length)
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
      <section className="carry" aria-label={t('kiosk.carry.qr')}>
        <QrCode text={codes[at] ?? ''} label={t('kiosk.carry.qr')} />
        <div className="carry-dots" aria-hidden="true">
          {codes.map((code, index) => (
            <span key={code} data-now={index === at} />
          ))}
        </div>
        <p>
          {t('kiosk.carry.count', { deposits })}
          {more > 0 && ` ${t('kiosk.carry.more', { more })}`}
        </p>
      </section>
    </Page>
  )
}

/** Round and round; a new list begins at its first. */
function useTurn(length: number): number {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTurn((now) => now + 1), everyMs)
    return () => clearInterval(timer)
  }, [])
  return length === 0 ? 0 : turn % length
}
