import type { ReactNode } from 'react'

/** Strokes on a 24 × 24 grid, drawn in the current colour. */
const strokes = {
  check: 'M4.5 12.5l5 5 10-11',
  info: 'M12 11v6M12 7.2v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  warn: 'M12 9.5v4.5M12 17.2v.1M12 3.5L2.5 20h19z',
  halt: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7.5v5.5M12 16.4v.1',
  back: 'M19 12H5M11 6l-6 6 6 6',
  close: 'M6 6l12 12M18 6L6 18',
  erase: 'M9 5h11v14H9l-6-7zM12 9.5l5 5M17 9.5l-5 5',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.3 9.4a2.8 2.8 0 1 1 4.2 2.6c-1 .6-1.5 1.1-1.5 2.2M12 17.2v.1',
  contrast: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 3v18M15 5v14M18 8v8',
  text: 'M3 18L7.5 7 12 18M4.5 14.5h6M14 18l3.5-8 3.5 8M15.1 15.5h4.8',
  loud: 'M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11',
  low: 'M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6',
  off: 'M4 9.5v5h3.5L12 19V5L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
  repeat: 'M4.5 11A8 8 0 0 1 19 8M19.5 4v4.5H15M19.5 13A8 8 0 0 1 5 16M4.5 20v-4.5H9',
  down: 'M4 4h16M12 8v11M6.5 13.5L12 19l5.5-5.5',
  speak: 'M4 13a8 8 0 0 1 16 0v5h-4v-6h4M4 13v5h4v-6H4',
  globe:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3.6 6 3.6 9s-.6 6-3.6 9M12 3c-3 3-3.6 6-3.6 9s.6 6 3.6 9',
  phone: 'M7.5 2.5h9v19h-9zM11 18.5h2',
  parcel: 'M3.5 7.5L12 3l8.5 4.5v9L12 21l-8.5-4.5zM3.5 7.5L12 12l8.5-4.5M12 12v9',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.5l3.5 2',
  door: 'M5 21V3h14v18zM15.5 11.5v2',
  plus: 'M12 5v14M5 12h14',
  letter: 'M3 5.5h18v13H3zM3.5 6l8.5 7 8.5-7',
  camera: 'M3 7.5h4.5L9 5h6l1.5 2.5H21V19H3zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
} as const

export type IconName = keyof typeof strokes

export interface IconProps {
  readonly name: IconName
  /** Any CSS length; the text's own size by default. */
  readonly size?: string
}

/** Decoration beside a word: hidden from readers, who get the word. */
export function Icon({ name, size = '1.25em' }: IconProps): ReactNode {
  return (
    <svg
      className="hf-icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none', width: size, height: size }}
    >
      <path d={strokes[name]} />
    </svg>
  )
}
