import './at-kiosk.css'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { QrCode } from '../../controls/tell/qr-code.tsx'
import { useWords } from '../../words/use-words.tsx'
import type { PhoneId } from '../../words/phone/phone-id.ts'

export interface HoldGrantProps {
  readonly grant: string
  readonly title: string
}

/** The cabinet is offline: its scanner reads the grant from this screen, which stays lit meanwhile. */
export function HoldGrant({ grant, title }: HoldGrantProps): ReactNode {
  const { t } = useWords<PhoneId>()
  useEffect(keepLit, [])
  return (
    <section className="hf-hold">
      <h2>{title}</h2>
      <QrCode text={grant} label={t('phone.grant.qr')} />
      <p>{t('phone.grant.how')}</p>
    </section>
  )
}

function keepLit(): () => void {
  // Not in every browser, and refused when the battery is low: the screen then dims as usual.
  const lock = 'wakeLock' in navigator ? navigator.wakeLock.request('screen').catch(() => undefined) : undefined
  return () => void lock?.then((held) => held?.release())
}
