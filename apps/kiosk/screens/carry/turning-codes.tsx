import './carry.css'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { QrCode } from '../../../kit/controls/tell/qr-code.tsx'
import { useKioskWords } from '../../now.tsx'

/** Four changes a second are two flashes: below the three that WCAG 2.3.1 allows, and quick for a camera. */
const everyMs = 250

/** Codes in turn, again and again, until the courier's phone has them all; below them, what they are. */
export function TurningCodes({
  codes,
  children,
}: {
  readonly codes: readonly string[]
  readonly children: ReactNode
}): ReactNode {
  const { t } = useKioskWords()
  const at = useTurn(codes.length)
  return (
    <section className="carry" aria-label={t('kiosk.carry.qr')}>
      <QrCode text={codes[at] ?? ''} label={t('kiosk.carry.qr')} />
      <div className="carry-dots" aria-hidden="true">
        {codes.map((code, index) => (
          <span key={code} data-now={index === at} />
        ))}
      </div>
      {children}
    </section>
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
