import type { ReactNode } from 'react'

const bars = [0, 5, 8, 15, 18, 22, 30, 33, 40, 45, 48, 56, 60, 63, 70] as const

/** A label, in the scanner's beam where there is one. Decoration: the title says it. */
export function ScanPicture({ reads }: { readonly reads: boolean }): ReactNode {
  return (
    <svg className="scan-picture" viewBox="0 0 200 120" aria-hidden="true">
      <rect className="scan-picture-label" x="40" y="12" width="120" height="96" rx="8" />
      {bars.map((at, i) => (
        <rect key={at} className="scan-picture-bar" x={63 + at} y="34" width={i % 3 === 0 ? 3.4 : 1.8} height="38" />
      ))}
      <path className="scan-picture-text" d="M63 84h48M63 93h30" />
      {reads && <path className="scan-picture-beam" d="M14 53h172" />}
    </svg>
  )
}
