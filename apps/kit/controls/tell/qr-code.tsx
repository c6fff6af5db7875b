import './qr-code.css'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { create } from 'qrcode'
import { useWords } from '../../words/use-words.tsx'

export interface QrCodeProps {
  readonly text: string
  /** What it is for; 'QR code. Scan it with your phone.' by default. */
  readonly label?: string
}

/** Always ink on white with the quiet zone of four modules, whatever the theme: scanners need it. */
export function QrCode({ text, label }: QrCodeProps): ReactNode {
  const { t } = useWords()
  const { side, path } = useMemo(() => outline(text), [text])
  return (
    <svg className="hf-qr" viewBox={`-4 -4 ${side + 8} ${side + 8}`} role="img" aria-label={label ?? t('control.qr')}>
      <rect x="-4" y="-4" width={side + 8} height={side + 8} fill="#fff" />
      <path d={path} fill="#10202b" shapeRendering="crispEdges" />
    </svg>
  )
}

function outline(text: string): { readonly side: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size
  let path = ''
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let run = 0
      while (x + run < side && modules.get(y, x + run) !== 0) run++
      if (run > 0) path += `M${x} ${y}h${run}v1h-${run}z`
      x += run
    }
  }
  return { side, path }
}
