import type { ReactNode } from 'react'
import type { CabinetSummary } from '@holdfast/wire/http/cabinets.ts'

const parts = ['loaded', 'suspect', 'free', 'retired'] as const

/** How full it is, at a glance; the numbers beside it say it to readers. Doors held right now stay blank. */
export function OccupancyBar({ cabinet }: { readonly cabinet: CabinetSummary }): ReactNode {
  let x = 0
  const bars = parts.map((part) => {
    const bar = { part, x, width: cabinet.enrolled ? cabinet[part] : 0 }
    x += cabinet[part]
    return bar
  })
  return (
    <svg
      className="op-occupancy"
      viewBox={`0 0 ${Math.max(1, cabinet.doors)} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map(({ part, ...box }) => (
        <rect key={part} className={`op-occupancy-${part}`} y="0" height="1" {...box} />
      ))}
    </svg>
  )
}
