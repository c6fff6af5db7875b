import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { judge, readVectors, type Vector } from './vectors.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const reference = join(root, '..', 'shared', 'reference', 'board-vectors.json')
const open: Vector = {
  board: 'xor-8a',
  direction: 'host->board',
  hex: '8A 02 07 11 9E',
  meaning: 'open channel 7 of board 2',
  verified_checksum: true,
}

describe('vectors', () => {
  it('pass where a valid frame comes back and a broken one is rejected', () => {
    const broken = { ...open, hex: '8a0207119f', verified_checksum: false }
    expect(judge([open, broken])).toEqual({ passed: 2, failures: [], skipped: new Map() })
  })

  it('fail where the codec says otherwise than the file', () => {
    const { passed, failures } = judge([
      { ...open, verified_checksum: false },
      { ...open, hex: '8A 02 07 11 9F' },
      { ...open, direction: 'host->scale' },
    ])
    expect(passed).toBe(0)
    expect(failures.map((line) => /: (accepted|rejected|unknown)/.exec(line)?.[1])).toEqual([
      'accepted',
      'rejected',
      'unknown',
    ])
  })

  it('are judged by their direction', () => {
    const report = { ...open, direction: 'board->host', hex: '80 02 FF FF BF 33 0E' }
    expect(judge([report]).passed).toBe(1)
    expect(judge([{ ...report, direction: 'host->board' }]).failures.length).toBe(1)
  })

  it('of families that do not exist are skipped by name', () => {
    expect(judge([open, { ...open, board: 'none' }, { ...open, board: 'toString' }]).skipped).toEqual(
      new Map([
        ['none', 1],
        ['toString', 1],
      ]),
    )
  })

  it('of another shape are refused with the place', () => {
    for (const text of ['{', '{}', '[1]', JSON.stringify([open, { ...open, hex: '8A 0' }])]) {
      expect(() => readVectors(text)).toThrow(expect.objectContaining({ code: 'bad-vectors' }))
    }
  })

  const families = join(root, 'terminal', 'boards', 'families')
  const captures = readdirSync(families, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  it.each(captures)('of our own captures hold: %s', (file) => {
    const { passed, failures, skipped } = judge(readVectors(readFileSync(join(families, file), 'utf8')))
    expect({ failures, skipped: skipped.size }).toEqual({ failures: [], skipped: 0 })
    expect(passed).toBeGreaterThan(0)
  })

  it.skipIf(!existsSync(reference))(
    'of ../shared/reference/board-vectors.json hold (skipped where it is absent)',
    () => {
      const { passed, failures } = judge(readVectors(readFileSync(reference, 'utf8')))
      expect(failures).toEqual([])
      expect(passed).toBeGreaterThanOrEqual(27)
    },
  )
})

describe('npm run vectors', () => {
  const run = (folder: string, ...args: readonly string[]) => {
    const tsx = join(root, 'node_modules', '.bin', 'tsx')
    const env = { ...process.env, INIT_CWD: folder }
    const { status, stdout, stderr } = spawnSync(tsx, [join(root, 'tools', 'vectors', 'main.ts'), ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
    })
    return { status, last: stdout.trim().split('\n').at(-1), stderr }
  }

  it('takes a path from where it was called, ends with the count, and says by its exit code how it went', () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-vectors-'))
    writeFileSync(join(folder, 'good.json'), JSON.stringify([open]))
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify([open, { ...open, verified_checksum: false }]))
    writeFileSync(join(folder, 'bad.json'), 'no')
    expect(run(folder, 'good.json')).toMatchObject({ status: 0, last: '1 passed, 0 failed' })
    expect(run(folder, 'wrong.json')).toMatchObject({ status: 1, last: '1 passed, 1 failed' })
    expect(run(folder, 'bad.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('bad.json') })
    expect(run(folder, 'missing.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('missing.json') })
    expect(run(folder)).toMatchObject({ status: 2, stderr: expect.stringContaining('usage') })
    rmSync(folder, { recursive: true })
  })
})
