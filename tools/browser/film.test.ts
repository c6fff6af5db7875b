import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCameraFilm } from './film.ts'
import { frameBytes, frameOf, readCode } from './reader.testing.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-film-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a camera film', () => {
  it('has the head and the frames that the browser asks for', async () => {
    const film = readFileSync(await makeCameraFilm('HF1:CAB', join(folder, 'head.y4m'), { frames: 3 }))
    expect(film.subarray(0, film.indexOf('\n')).toString()).toBe('YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420mpeg2')
    expect(film.length - film.indexOf('\n') - 1).toBe(3 * frameBytes)
  })

  it.each([0, 1, 2, 3, 4])('shows its code in frame %i', async (frame) => {
    const film = readFileSync(await makeCameraFilm('HF1:CAB-7Q4X9', join(folder, 'code.y4m')))
    expect(await readCode(frameOf(film, frame))).toBe('HF1:CAB-7Q4X9')
  })

  it('shows a label as well', async () => {
    const path = await makeCameraFilm('SF1234567890123', join(folder, 'label.y4m'), { kind: 'code128', scale: 2 })
    expect(await readCode(frameOf(readFileSync(path), 0), 'Code128')).toBe('SF1234567890123')
  })

  it('turns to another code in place, for a camera that plays it', async () => {
    const path = await makeCameraFilm('SF1234567890123', join(folder, 'turned.y4m'), { kind: 'code128', scale: 2 })
    const { ino, size } = statSync(path)
    await makeCameraFilm('https://k.example/k#cab.nonce', path)
    expect(await readCode(frameOf(readFileSync(path), 4))).toBe('https://k.example/k#cab.nonce')
    expect(statSync(path)).toMatchObject({ ino, size })
  })

  it('is refused when its code would not fit', async () => {
    await expect(makeCameraFilm('A'.repeat(300), join(folder, 'big.y4m'), { scale: 12 })).rejects.toThrow(
      /take a smaller scale/,
    )
  })
})
