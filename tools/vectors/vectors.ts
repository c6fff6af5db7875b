import { transcodeFrame } from '@holdfast/terminal/boards/bench.ts'
import { families, isFamily, type FamilyName } from '@holdfast/terminal/boards/registry.ts'

/** One recorded or derived frame. `verified_checksum` is false for broken frames and for protocols without a check. */
export interface Vector {
  readonly board: string
  readonly direction: string
  readonly hex: string
  readonly meaning: string
  readonly verified_checksum: boolean
}

export interface Verdict {
  readonly passed: number
  /** One line for each vector that the codec judges otherwise. */
  readonly failures: readonly string[]
  /** Families without a codec here, with how many vectors each has. */
  readonly skipped: ReadonlyMap<string, number>
}

/** The vectors in a file's text; throws with the code `bad-vectors` and a sentence that says where. */
export function readVectors(text: string): readonly Vector[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw bad(`not JSON: ${error instanceof Error ? error.message : ''}`)
  }
  if (!Array.isArray(parsed)) throw bad('expected an array of vectors')
  return parsed.map((entry: unknown, at) => {
    if (!isVector(entry)) throw bad(`entry ${at} needs board, direction, hex, meaning and verified_checksum`)
    return entry
  })
}

/** A valid frame parses and is written again as the same bytes; a broken one is rejected. */
export function judge(vectors: readonly Vector[]): Verdict {
  const failures: string[] = []
  const skipped = new Map<string, number>()
  let passed = 0
  for (const [at, vector] of vectors.entries()) {
    const { board } = vector
    if (!isFamily(board)) {
      skipped.set(board, (skipped.get(board) ?? 0) + 1)
      continue
    }
    const wrong = judgeOne(board, vector)
    if (wrong === undefined) passed += 1
    else failures.push(`${at}: ${board} ${vector.direction} ${vector.hex}: ${wrong} (${vector.meaning})`)
  }
  return { passed, failures, skipped }
}

function judgeOne(family: FamilyName, { direction, hex, verified_checksum: verified }: Vector): string | undefined {
  if (direction !== 'host->board' && direction !== 'board->host') return 'unknown direction'
  const frame = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
  const again = transcodeFrame(family, direction, Uint8Array.from(frame))
  // Where a protocol carries no check, an unverified one says nothing about the frame.
  const valid = verified || !families[family].checked
  if (!valid) return again === undefined ? undefined : 'accepted, though broken'
  if (again === undefined) return 'rejected, though valid'
  return frame.equals(again) ? undefined : `written again as ${Buffer.from(again).toString('hex')}`
}

function isVector(entry: unknown): entry is Vector {
  if (typeof entry !== 'object' || entry === null) return false
  const {
    board,
    direction,
    hex,
    meaning,
    verified_checksum: verified,
  } = entry as Partial<Record<keyof Vector, unknown>>
  if (typeof board !== 'string' || typeof direction !== 'string' || typeof meaning !== 'string') return false
  return typeof hex === 'string' && /^(\s*[0-9a-f]{2})+\s*$/i.test(hex) && typeof verified === 'boolean'
}

function bad(why: string): Error {
  return Object.assign(new Error(why), { code: 'bad-vectors' })
}
