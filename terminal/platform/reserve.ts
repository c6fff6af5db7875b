import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'

/**
 * Disk space held back while there is plenty, given up when the disk is full: with it the journal takes the
 * facts of pickups for a while longer, so that nobody's parcel is locked in by somebody else's log file.
 */
export interface Reserve {
  /** Frees the space; false where none was held. */
  release(): boolean
  /** Takes the space again; false while the disk is still full. */
  refill(): boolean
}

export const reserveBytes = 4 * 1024 * 1024
const pageBytes = 64 * 1024

export function createFileReserve(path: string): Reserve {
  return {
    release: () => {
      if (heldAt(path) === 0) return false
      rmSync(path, { force: true })
      return true
    },
    refill: () => {
      if (heldAt(path) === reserveBytes) return true
      try {
        fill(path)
        return true
      } catch {
        rmSync(path, { force: true })
        return false
      }
    },
  }
}

const heldAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Written, not only sized: a file of holes holds no space. */
function fill(path: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    const page = new Uint8Array(pageBytes).fill(0xa5)
    for (let written = 0; written < reserveBytes; written += pageBytes) writeSync(file, page)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

export const noReserve: Reserve = { release: () => false, refill: () => true }
