import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { labelFormats } from './scan.ts'
import type { Scan, ScanFormat } from './scan.ts'
import type { ScannerState } from './scanner.ts'

export interface UseScannerOptions {
  /** The camera runs only while this is true; the decoder is loaded at the first time. */
  readonly active: boolean
  readonly onScan: (scan: Scan) => void
  readonly formats?: readonly ScanFormat[]
}

export interface Scanner {
  /** For the `<video ref={…} muted playsInline>` that shows the camera. */
  readonly video: RefObject<HTMLVideoElement | null>
  readonly state: ScannerState
}

export function useScanner({ active, onScan, formats = labelFormats }: UseScannerOptions): Scanner {
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef(onScan)
  latest.current = onScan
  const [state, setState] = useState<ScannerState>('off')
  const wanted = formats.join(',')
  useEffect(() => {
    const element = video.current
    if (!active || element === null) return undefined
    let stop: (() => void) | undefined
    let gone = false
    const start = async (): Promise<void> => {
      const { startScanner } = await import('./scanner.ts')
      if (gone) return
      const onScan = (scan: Scan): void => latest.current(scan)
      stop = startScanner({
        video: element,
        formats: labelFormats.filter((format) => wanted.split(',').includes(format)),
        onScan,
        onState: setState,
      })
    }
    start().catch(() => setState('failed'))
    return () => {
      gone = true
      stop?.()
    }
  }, [active, wanted])
  return { video, state }
}
