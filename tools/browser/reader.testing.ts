import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PNG } from 'pngjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

// Left to itself the library would fetch its wasm from afar.
const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })

/** The text of the first code in a PNG picture. */
export async function readCode(png: Buffer, format: 'QRCode' | 'Code128' = 'QRCode'): Promise<string | undefined> {
  const [found] = await readBarcodes(new Uint8Array(png), { formats: [format], textMode: 'Plain' })
  return found?.text
}

/** One frame of a film of `makeCameraFilm`, as a grey PNG picture. */
export function frameOf(film: Buffer, frame: number): Buffer {
  const start = film.indexOf('\n') + 1 + frame * frameBytes + 'FRAME\n'.length
  const picture = new PNG({ width: 640, height: 480 })
  for (const [index, value] of film.subarray(start, start + 640 * 480).entries()) {
    picture.data.set([value, value, value, 255], index * 4)
  }
  return PNG.sync.write(picture)
}

export const frameBytes = 'FRAME\n'.length + (640 * 480 * 3) / 2
