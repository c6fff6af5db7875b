import { startDecoder } from './decoder.ts'
import type { Decoder } from './decoder.ts'
import type { Scan, ScanFormat } from './scan.ts'

export type ScannerState = 'off' | 'asking' | 'looking' | 'denied' | 'absent' | 'failed'

export interface ScannerPorts {
  readonly video: HTMLVideoElement
  readonly formats: readonly ScanFormat[]
  readonly onScan: (scan: Scan) => void
  readonly onState: (state: ScannerState) => void
}

/** The same code is not told again within this time: a label stays before the lens. */
const repeatMs = 3000
/** Every so many frames without a code, one gets the slow passes. */
const hardEvery = 4

/** Opens the rear camera and reads frame by frame until the answer is called. */
export function startScanner(ports: ScannerPorts): () => void {
  let stopped = false
  let decoder: Decoder | undefined
  let stream: MediaStream | undefined
  const run = async (): Promise<void> => {
    ports.onState('asking')
    const opened = await openCamera()
    if (stopped) return stopStream(opened)
    stream = opened
    ports.video.srcObject = opened
    await ports.video.play()
    decoder = startDecoder()
    ports.onState('looking')
    await watch(ports, decoder, () => stopped)
  }
  run().catch((error: unknown) => {
    if (!stopped) ports.onState(stateOf(error))
  })
  return () => {
    stopped = true
    decoder?.stop()
    stopStream(stream)
    ports.video.srcObject = null
    ports.onState('off')
  }
}

async function openCamera(): Promise<MediaStream> {
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (devices === undefined) throw new DOMException('no camera in this context', 'NotFoundError')
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
  })
}

async function watch(ports: ScannerPorts, decoder: Decoder, stopped: () => boolean): Promise<void> {
  const canvas = new OffscreenCanvas(1, 1)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('no canvas')
  let last = { text: '', at: 0 }
  for (let frame = 1; !stopped(); frame++) {
    await nextFrame(ports.video)
    const { videoWidth, videoHeight } = ports.video
    if (videoWidth === 0) continue
    canvas.width = videoWidth
    canvas.height = videoHeight
    context.drawImage(ports.video, 0, 0)
    const image = context.getImageData(0, 0, videoWidth, videoHeight)
    const scan = await decoder.decode(image, ports.formats, frame % hardEvery === 0)
    const now = performance.now()
    if (stopped() || scan === undefined || (scan.text === last.text && now - last.at < repeatMs)) continue
    last = { text: scan.text, at: now }
    ports.onScan(scan)
  }
}

const nextFrame = (video: HTMLVideoElement): Promise<unknown> =>
  new Promise((resolve) => {
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(resolve)
    else requestAnimationFrame(resolve)
  })

const stopStream = (stream: MediaStream | undefined): void => stream?.getTracks().forEach((track) => track.stop())

function stateOf(error: unknown): ScannerState {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'absent' : 'failed'
}
