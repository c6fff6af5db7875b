import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import bwipjs from 'bwip-js/node'
import { PNG } from 'pngjs'

export interface FilmOptions {
  /** As bwip-js names it: 'qrcode', 'code128', 'gs1-128' … */
  readonly kind?: string
  /** Pixels per module. */
  readonly scale?: number
  readonly frames?: number
}

const width = 640
const height = 480
/** A desk in daylight: neither white nor black, so the code's own quiet zone matters. */
const background = 150
/** No colour: both chroma planes of a frame at their middle. */
const grey = Buffer.alloc((width * height) / 2, 128)

/**
 * Writes what a camera would see that is held before a code: a Y4M film of 640×480 for `launchBrowser`.
 * Each frame is shifted by a few pixels, as a hand would. 0.46 MB a frame; the browser plays it in a loop. Where a
 * film of as many frames is there it is written over in place: a camera that plays it turns to the new code.
 */
export async function makeCameraFilm(text: string, path: string, options: FilmOptions = {}): Promise<string> {
  const { kind = 'qrcode', scale = 6, frames = 5 } = options
  const code = PNG.sync.read(await bwipjs.toBuffer({ bcid: kind, text, scale, padding: 6, backgroundcolor: 'FFFFFF' }))
  if (code.width > width - 20 || code.height > height - 20) {
    throw new Error(
      `the code is ${code.width}×${code.height} pixels and the film ${width}×${height}: take a smaller scale`,
    )
  }
  const file = openSync(path, existsSync(path) ? 'r+' : 'w')
  writeSync(file, `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`)
  for (let frame = 0; frame < frames; frame += 1) {
    writeSync(file, 'FRAME\n')
    writeSync(file, luma(code, frame % 3))
    writeSync(file, grey)
  }
  closeSync(file)
  return path
}

function luma(code: PNG, shift: number): Buffer {
  const frame = Buffer.alloc(width * height, background)
  const left = Math.floor((width - code.width) / 2) + shift
  const top = Math.floor((height - code.height) / 2) + shift
  for (let y = 0; y < code.height; y += 1) {
    for (let x = 0; x < code.width; x += 1) {
      // Codes are black on white: one channel says it, squeezed into the range of video.
      const value = code.data[(y * code.width + x) * 4] ?? 255
      frame[(top + y) * width + left + x] = 16 + Math.round((value * 219) / 255)
    }
  }
  return frame
}
