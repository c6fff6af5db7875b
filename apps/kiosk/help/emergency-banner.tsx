import './help.css'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { phoneOf, useKioskWords, useNow } from '../now.tsx'
import { soundMs, startAlarm } from '../../kit/alarm.ts'

/** On every screen from the first touch on, until the operator ends it; sounds for a minute. */
export function EmergencyBanner({ called }: { readonly called: number }): ReactNode {
  const { t } = useKioskWords()
  const { show, site } = useNow()
  const going = show.emergency === true
  useEffect(() => {
    if (!going && called === 0) return undefined
    const stop = startAlarm()
    const timer = setTimeout(stop, soundMs)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [going, called])
  if (!going) return null
  const phone = phoneOf(site)
  return (
    <div className="kiosk-emergency">
      <Banner tone="danger" title={t('kiosk.emergency.going')}>
        {t(show.online ? 'kiosk.emergency.told' : 'kiosk.emergency.offline')}
        <strong className="kiosk-emergency-phone">
          {phone === '' ? t('help.noNumber') : t('help.call', { phone })}
        </strong>
      </Banner>
    </div>
  )
}
