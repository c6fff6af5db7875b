import './mark.css'
import type { ReactNode } from 'react'
import type { DoorState, Occupancy } from './doors.ts'

export type MarkName = Occupancy | DoorState | 'online' | 'stale'

/** One shape per state on a 24 × 24 grid; no two share an outline, so the shape alone tells. */
const shapes: Readonly<Record<MarkName, ReactNode>> = {
  free: <circle cx="12" cy="12" r="7.5" className="hf-mark-line" />,
  held: <path d="M6 3.5h12M6 20.5h12M7.5 3.5v3.5l9 10v3.5M16.5 3.5v3.5l-9 10v3.5" className="hf-mark-line" />,
  loaded: (
    <>
      <rect x="3" y="5" width="18" height="15" rx="1.5" className="hf-mark-solid" />
      <path d="M12 5v7M3 11h18" className="hf-mark-cut" />
    </>
  ),
  suspect: (
    <>
      <path d="M12 2l10 10-10 10L2 12z" className="hf-mark-warn" />
      <path d="M9.6 9.6a2.5 2.5 0 1 1 3.7 2.3c-.9.5-1.3 1-1.3 1.9M12 16.6v.1" className="hf-mark-on" />
    </>
  ),
  retired: <path d="M4.5 4.5l15 15M19.5 4.5l-15 15" className="hf-mark-line" />,
  shut: <path d="M5.5 3.5h13v17h-13zM15 11v2.5" className="hf-mark-line" />,
  unlatched: <path d="M5 11h14v9.5H5zM8 11V7.5a4 4 0 0 1 7.6-1.7" className="hf-mark-line" />,
  open: (
    <>
      <path d="M14 3.5h5.5v17H14" className="hf-mark-line" />
      <path d="M4 3l10 3.5v14L4 22z" className="hf-mark-act" />
    </>
  ),
  stuck: (
    <>
      <path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" className="hf-mark-danger" />
      <path d="M12 6.5v7M12 17.3v.1" className="hf-mark-over" />
    </>
  ),
  unseen: <path d="M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM4 20L20 4" className="hf-mark-line" />,
  online: (
    <path
      d="M3 9.5a13 13 0 0 1 18 0M6.2 13.2a8.3 8.3 0 0 1 11.6 0M9.4 16.8a3.8 3.8 0 0 1 5.2 0M12 20v.1"
      className="hf-mark-line"
    />
  ),
  stale: <path d="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.5l3.5 2" className="hf-mark-dash" />,
}

/** Inside any svg of 24 units, or moved and scaled by a parent `g`. */
export function Mark({ name }: { readonly name: MarkName }): ReactNode {
  return <g className="hf-mark">{shapes[name]}</g>
}
