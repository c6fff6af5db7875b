import type { KeyboardEvent } from 'react'

/** Where an arrow, Home or End leads among `count` rows; undefined: not our key, or nowhere to go. */
export function nextRow(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined
  const next =
    key === 'ArrowDown' ? at + 1 : key === 'ArrowUp' ? at - 1 : key === 'Home' ? 0 : key === 'End' ? count - 1 : -1
  return next < 0 || next >= count ? undefined : next
}

const rowsOf = (list: ParentNode): readonly HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-row]')]

/** On the element around rows whose main link carries `data-row`. Every row stays reachable by Tab as well. */
export function onListKeys(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  const rows = rowsOf(event.currentTarget)
  const here = event.target instanceof Node ? event.target : null
  const at = rows.findIndex((row) => row === here || row.closest('[data-line]')?.contains(here) === true)
  const next = nextRow(event.key, at, rows.length)
  if (next === undefined) return
  event.preventDefault()
  event.stopPropagation()
  rows[next]?.focus()
}

/** From nowhere the arrow leads to the first row of the page. */
export function focusFirstRow(): boolean {
  const [first] = rowsOf(document)
  first?.focus()
  return first !== undefined
}

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'))
