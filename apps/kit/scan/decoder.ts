import type { Scan, ScanFormat, ScanReply, ScanRequest } from './scan.ts'

export interface Decoder {
  /** Nothing where no code was read. Rejects where the decoder itself cannot run. */
  readonly decode: (image: ImageData, formats: readonly ScanFormat[], hard: boolean) => Promise<Scan | undefined>
  readonly stop: () => void
}

interface Waiting {
  readonly resolve: (scan: Scan | undefined) => void
  readonly reject: (error: Error) => void
}

/** The decoder in its own worker: code and wasm (412 kB) are fetched when this is called, not before. */
export function startDecoder(): Decoder {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let next = 0
  const settle = (id: number, act: (one: Waiting) => void): void => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (one) act(one)
  }
  worker.onmessage = ({ data }: MessageEvent<ScanReply>) =>
    settle(data.id, (one) => ('failure' in data ? one.reject(new Error(data.failure)) : one.resolve(data.scan)))
  worker.onerror = (event) => {
    for (const id of waiting.keys()) settle(id, (one) => one.reject(new Error(event.message)))
  }
  return {
    decode: (image, formats, hard) =>
      new Promise((resolve, reject) => {
        const request: ScanRequest = { id: next++, image, formats, hard }
        waiting.set(request.id, { resolve, reject })
        worker.postMessage(request, [image.data.buffer])
      }),
    stop: () => worker.terminate(),
  }
}
