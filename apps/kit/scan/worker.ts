import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { ReaderOptions } from 'zxing-wasm/reader'
import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { greyOf, pixelsOf, rotate, stretch } from './grey.ts'
import type { Scan, ScanFormat, ScanReply, ScanRequest } from './scan.ts'

// The default address is a public CDN; ours is bundled, so that a strict CSP and no network both hold.
prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasmAddress : path) } })

/** 1D codes at these angles are lost to the decoder's own quarter turns. */
const angles = [45, 25, 65] as const

async function read(image: ImageData, formats: readonly ScanFormat[]): Promise<Scan | undefined> {
  const options: ReaderOptions = {
    formats: [...formats],
    tryHarder: true,
    maxNumberOfSymbols: 1,
    textMode: 'Plain',
  }
  const [found] = await readBarcodes(image, options)
  return found?.isValid === true
    ? { text: found.text, format: found.format, symbology: found.symbologyIdentifier }
    : undefined
}

async function readHard(image: ImageData, formats: readonly ScanFormat[]): Promise<Scan | undefined> {
  const plain = stretch(greyOf(image))
  const straight = await read(pixelsOf(plain), formats)
  if (straight) return straight
  for (const angle of angles) {
    const found = await read(pixelsOf(rotate(plain, angle)), formats)
    if (found) return found
  }
  return undefined
}

const reply = (message: ScanReply): void => self.postMessage(message)

self.onmessage = ({ data }: MessageEvent<ScanRequest>): void => {
  const attempt = async (): Promise<Scan | undefined> =>
    (await read(data.image, data.formats)) ?? (data.hard ? readHard(data.image, data.formats) : undefined)
  attempt().then(
    (scan) => reply({ id: data.id, scan }),
    (error: unknown) => reply({ id: data.id, failure: String(error) }),
  )
}
