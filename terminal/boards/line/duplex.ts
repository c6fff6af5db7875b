/** An open way for bytes: serial port, TCP connection or memory. Frames are nobody's business here. */
export interface Duplex {
  /** `sent` is called once the bytes are handed to the system; a broken way closes instead. */
  write(bytes: Uint8Array, sent: () => void): void
  close(): void
}

export interface DuplexListener {
  bytes(chunk: Uint8Array): void
  /** Once, with a stable reason such as ENOENT or ECONNREFUSED where the system gave one. */
  closed(reason: string): void
}

/** Rejects with an error that carries the system's `code`. */
export type OpenDuplex = (listener: DuplexListener) => Promise<Duplex>

export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  const text = error instanceof Error ? error.message : ''
  // The serial binding gives no code, only the system's sentence.
  if (text.includes('No such file')) return 'ENOENT'
  if (text.includes('Permission denied')) return 'EACCES'
  if (text.includes('Cannot lock port')) return 'EBUSY'
  return 'closed'
}
