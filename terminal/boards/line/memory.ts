import type { Duplex, DuplexListener, OpenDuplex } from './duplex.ts'

export interface MemoryWire {
  /** The terminal's end; may be opened again after a cut. */
  readonly open: OpenDuplex
  /** The boards' end: what it says reaches whoever has the near end open. */
  readonly far: { hear(listener: (chunk: Uint8Array) => void): void; say(bytes: Uint8Array): void }
  /** Pulls the plug: the near end closes and cannot be opened until `mend`. */
  cut(): void
  mend(): void
}

/** Two ends in one process. Delivery is immediate: whoever wants a speed paces himself. */
export function createMemoryWire(): MemoryWire {
  let near: DuplexListener | undefined
  let hear: (chunk: Uint8Array) => void = () => {}
  let isCut = false
  const open = (listener: DuplexListener): Promise<Duplex> => {
    if (isCut) return Promise.reject(Object.assign(new Error('the wire is cut'), { code: 'ENXIO' }))
    near = listener
    return Promise.resolve({
      write: (bytes, sent) => {
        if (near !== listener) return
        sent()
        hear(bytes.slice())
      },
      close: () => {
        if (near === listener) near = undefined
      },
    })
  }
  return {
    open,
    far: {
      hear: (listener) => {
        hear = listener
      },
      say: (bytes) => near?.bytes(bytes.slice()),
    },
    cut: () => {
      isCut = true
      const listener = near
      near = undefined
      listener?.closed('EIO')
    },
    mend: () => {
      isCut = false
    },
  }
}
