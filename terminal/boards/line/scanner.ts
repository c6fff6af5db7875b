/**
 * Looks for one frame at the start of `bytes`. 'more': it may become one; 'none': it cannot.
 * `settled` says that the line has fallen silent, so nothing more will come.
 */
export type Take<Frame> = (
  bytes: Uint8Array,
  settled: boolean,
) => { readonly frame: Frame; readonly length: number } | 'more' | 'none'

export interface Scanner<Frame> {
  feed(chunk: Uint8Array): readonly Frame[]
  /** The line is silent: what was undecided is decided, and what is no frame is dropped. */
  settle(): readonly Frame[]
  /** Bytes held back because a frame may still grow out of them. */
  pending(): number
  /** Bytes dropped since the start because no frame began there. */
  dropped(): number
  reset(): void
}

const nothing = new Uint8Array(0)

/** Cuts frames out of a stream; after a bad byte it tries again one byte on, and it never throws. */
export function createScanner<Frame>(take: Take<Frame>): Scanner<Frame> {
  let held = nothing
  let dropped = 0
  const scan = (settled: boolean): readonly Frame[] => {
    const frames: Frame[] = []
    let at = 0
    while (at < held.length) {
      const found = take(held.subarray(at), settled)
      if (found === 'more' && !settled) break
      if (found === 'more' || found === 'none') {
        at += 1
        dropped += 1
      } else {
        frames.push(found.frame)
        at += found.length
      }
    }
    held = at === held.length ? nothing : held.slice(at)
    return frames
  }
  return {
    feed: (chunk) => {
      const joined = new Uint8Array(held.length + chunk.length)
      joined.set(held)
      joined.set(chunk, held.length)
      held = joined
      return scan(false)
    },
    settle: () => scan(true),
    pending: () => held.length,
    dropped: () => dropped,
    reset: () => {
      held = nothing
    },
  }
}
