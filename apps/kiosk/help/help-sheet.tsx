import './help.css'
import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { phoneOf, useKioskWords, useNow } from '../now.tsx'
import { CallUs } from './call-us.tsx'

interface HelpSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onCall: (what: 'shut-in' | 'help') => void
}

/** One touch away on every screen: whom to call, where one is, that nothing is lost, and what to do in danger. */
export function HelpSheet({ open, onClose, onCall }: HelpSheetProps): ReactNode {
  const { t } = useKioskWords()
  const { site } = useNow()
  return (
    <Sheet
      open={open}
      title={t('help.title')}
      onClose={onClose}
      actions={
        <Button kind="main" size="big" onPress={onClose}>
          {t('control.close')}
        </Button>
      }
    >
      <div className="kiosk-help">
        <CallUs phone={phoneOf(site)} />
        {site.place && (
          <p>
            {t('kiosk.help.body', { operator: site.place.operatorName, site: site.place.siteName })}
            <br />
            {site.place.address}
          </p>
        )}
        <Danger onCall={onCall} />
        <p>{t('help.safe')}</p>
        <small>{t('kiosk.help.code', { code: site.cabinet.slice(-8).toUpperCase() })}</small>
      </div>
    </Sheet>
  )
}

function Danger({ onCall }: Pick<HelpSheetProps, 'onCall'>): ReactNode {
  const { t } = useKioskWords()
  return (
    <section className="kiosk-help-danger" aria-labelledby="danger">
      <h3 id="danger">{t('kiosk.emergency.title')}</h3>
      <Button
        kind="danger"
        size="big"
        icon="warn"
        onPress={() => onCall('shut-in')}
        hint={t('kiosk.emergency.shutIn.hint')}
      >
        {t('kiosk.emergency.shutIn')}
      </Button>
      <Button kind="danger" size="big" icon="halt" onPress={() => onCall('help')} hint={t('kiosk.emergency.help.hint')}>
        {t('kiosk.emergency.help')}
      </Button>
    </section>
  )
}
