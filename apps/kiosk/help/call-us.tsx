import './help.css'
import type { ReactNode } from 'react'
import { useKioskWords } from '../now.tsx'

/** The number to call; before the cloud has spoken for the first time it is the one that stands on the cabinet. */
export function CallUs({ phone }: { readonly phone: string }): ReactNode {
  const { t } = useKioskWords()
  return <p className="kiosk-help-phone">{phone === '' ? t('help.noNumber') : t('help.call', { phone })}</p>
}
