import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compressFiles } from './compress.ts'

describe('a built app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-compress-'))
  const text = 'export const door = "A07"\n'.repeat(200)
  beforeAll(() => {
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), text)
    writeFileSync(join(folder, 'assets', 'index-abc.js'), text)
    writeFileSync(join(folder, 'assets', 'tiny.css'), 'a{}')
    writeFileSync(join(folder, 'assets', 'font.woff2'), text)
    compressFiles(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(['index.html', 'assets/index-abc.js'])('has %s twice more, smaller and saying the same', (file) => {
    const [br, gz] = [readFileSync(join(folder, `${file}.br`)), readFileSync(join(folder, `${file}.gz`))]
    expect([brotliDecompressSync(br).toString(), gunzipSync(gz).toString()]).toEqual([text, text])
    expect(Math.max(br.length, gz.length)).toBeLessThan(text.length / 3)
  })

  it.each(['assets/tiny.css', 'assets/font.woff2'])('leaves %s, which gains nothing', (file) => {
    expect(existsSync(join(folder, `${file}.br`))).toBe(false)
  })
})
