import type { ReactNode } from 'react'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { phoneOf, useKioskWords, useNow } from '../now.tsx'
import { CallUs } from './call-us.tsx'

/** The sign for those at the door: what does not work here, and what does. */
export function BrokenSign(): ReactNode {
  const { t } = useKioskWords()
  const { show, site } = useNow()
  const broken = show.broken ?? []
  if (broken.length === 0) return null
  const hasCode = 'qr' in show.screen && show.screen.qr !== undefined && show.screen.qr !== null
  return (
    <div className="kiosk-broken">
      {broken.includes('touch') && (
        <Banner tone="danger" title={t('kiosk.broken.touch')}>
          <p>{t(hasCode ? 'kiosk.broken.touch.do' : 'kiosk.broken.touch.keys')}</p>
          <CallUs phone={phoneOf(site)} />
        </Banner>
      )}
      {broken.includes('scanner') && <Banner tone="note" title={t('kiosk.broken.scanner')} />}
    </div>
  )
}
