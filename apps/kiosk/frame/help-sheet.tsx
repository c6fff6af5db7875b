import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { phoneOf, useKioskWords, useNow } from '../now.tsx'

/** One touch away on every screen: whom to call, where one is, and that nothing is lost. */
export function HelpSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useKioskWords()
  const { site } = useNow()
  const phone = phoneOf(site)
  return (
    <Sheet
      open={open}
      title={t('kiosk.help.title')}
      onClose={onClose}
      actions={
        <Button kind="main" size="big" onPress={onClose}>
          {t('control.close')}
        </Button>
      }
    >
      <div className="kiosk-help">
        {phone !== '' && <p className="kiosk-help-phone">{t('kiosk.help.call', { phone })}</p>}
        {site.place && (
          <p>
            {t('kiosk.help.body', { operator: site.place.operatorName, site: site.place.siteName })}
            <br />
            {site.place.address}
          </p>
        )}
        <p>{t('kiosk.help.safe')}</p>
        <small>{t('kiosk.help.code', { code: site.cabinet.slice(-8).toUpperCase() })}</small>
      </div>
    </Sheet>
  )
}
