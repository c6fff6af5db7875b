import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { verifyAfterCut } from './power-cut.ts'

const script = join(import.meta.dirname, 'power-cut.ts')

/** Starts the writer, kills it without warning once enough was acknowledged, and gives the last number it printed. */
async function writeAndKill(folder: string, atLeast: number): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, 'write', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  let count = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-200)
    count += text.split('\n').length - 1
    if (count >= atLeast) child.kill('SIGKILL')
  })
  await once(child, 'close')
  return Number(printed.slice(0, printed.lastIndexOf('\n')).split('\n').at(-1))
}

it('has everything it acknowledged after being killed in the middle, again and again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cut-'))
  try {
    for (const atLeast of [50, 300, 700]) {
      const acknowledged = await writeAndKill(folder, atLeast)
      const { lastSeq, chainOk } = await verifyAfterCut(folder)
      expect(chainOk).toBe(true)
      expect(lastSeq).toBeGreaterThanOrEqual(acknowledged)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
