import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { QrCode } from '../../kit/controls/tell/qr-code.tsx'
import { useKioskWords, useNow } from '../now.tsx'

export interface ScanPanelProps {
  readonly qr: ScreenOf<'code'>['qr']
  readonly title: string
  readonly steps: string
  readonly foot: string
  /** The only way on its screen. */
  readonly large?: boolean
}

/** The rotating QR, and beside it the two digits that are never in it. */
export function ScanPanel({ qr, title, steps, foot, large = false }: ScanPanelProps): ReactNode {
  const { t } = useKioskWords()
  if (qr === null) return <p>{t('kiosk.qr.none')}</p>
  return (
    <section className={`scan-panel${large ? ' scan-panel-large' : ''}`} aria-label={title}>
      <QrCode text={qr.text} />
      <div className="scan-panel-words">
        <h2>{title}</h2>
        <p>{steps}</p>
        <strong className="scan-panel-number">{qr.number}</strong>
        <small>{foot}</small>
      </div>
    </section>
  )
}

/** The recipient's way by phone; where nothing reads his phone's code, the other way stands in its place. */
export function PhonePanel({ qr, title, large = false }: Omit<ScanPanelProps, 'steps' | 'foot'>): ReactNode {
  const { t } = useKioskWords()
  const { show } = useNow()
  const reads = show.broken?.includes('scanner') !== true
  const foot = t(reads ? 'kiosk.qr.scanner' : 'kiosk.qr.noScanner')
  return <ScanPanel qr={qr} title={title} steps={t('kiosk.qr.steps')} foot={foot} large={large} />
}
