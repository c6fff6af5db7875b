import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Scan } from '../kit/scan/scan.ts'
import { ScanView } from '../kit/scan/scan-view.tsx'

export function Scanning(): ReactNode {
  const [scan, setScan] = useState<Scan>()
  return (
    <section>
      <ScanView active onScan={setScan} />
      <output data-symbology={scan?.symbology}>{scan?.text}</output>
    </section>
  )
}
