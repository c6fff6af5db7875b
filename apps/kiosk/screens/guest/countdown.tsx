import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useKioskWords } from '../../now.tsx'

/** Until the keypad is back: '0:59'. It ends nothing itself. */
export function Countdown({ leftMs }: { readonly leftMs: number }): ReactNode {
  const { t } = useKioskWords()
  const [left, setLeft] = useState(leftMs)
  useEffect(() => {
    const start = performance.now()
    const tick = (): void => setLeft(Math.max(0, leftMs - (performance.now() - start)))
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [leftMs])
  const seconds = Math.ceil(left / 1000)
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return <p className="keypad-off">{t('kiosk.code.paused', { time })}</p>
}
