import './scan-view.css'
import type { ReactNode } from 'react'
import { Banner } from '../controls/tell/banner.tsx'
import { useWords } from '../words/use-words.tsx'
import { useScanner } from './use-scanner.ts'
import type { UseScannerOptions } from './use-scanner.ts'

/** The camera's picture with a frame to aim by, and words for what it is doing or why it cannot. */
export function ScanView(props: UseScannerOptions): ReactNode {
  const { t } = useWords()
  const { video, state } = useScanner(props)
  // Labels carry their bars lengthwise; a screen's code is square, and is to be in the picture whole.
  const aim = props.formats?.every((format) => format === 'QRCode') === true ? 'square' : 'label'
  const wrong = state === 'denied' || state === 'absent' || state === 'failed'
  return (
    <div className="hf-scan" data-state={state}>
      <div className="hf-scan-view" data-aim={aim} hidden={wrong}>
        <video ref={video} muted playsInline aria-hidden="true" />
        <span className="hf-scan-aim" aria-hidden="true" />
      </div>
      {wrong ? (
        <Banner tone="note" title={t(`scan.${state}`)} />
      ) : (
        <p>
          {t(
            state === 'looking' && aim === 'square'
              ? 'scan.looking.screen'
              : `scan.${state === 'off' ? 'asking' : state}`,
          )}
        </p>
      )}
    </div>
  )
}
