import type { BoardDescription, UnlockResult } from '../board.ts'
import type { Answer } from '../line/line.ts'
import type { Profile } from './profile.ts'

/** The line's answer in the board's words; `accepts` says whether an answer that came is a yes. */
export function unlockResult<Frame>(answer: Answer<Frame>, accepts: (frame: Frame) => boolean): UnlockResult {
  if (!answer.ok) return answer
  const { frame, firstByteAtMs, lastByteAtMs } = answer
  if (frame !== undefined && !accepts(frame)) return { ok: false, failure: 'refused', firstByteAtMs }
  return { ok: true, firstByteAtMs, lastByteAtMs }
}

export function describeBoard(family: string, address: number, profile: Profile): BoardDescription {
  const { channels, inputs, pulseMs, minGapMs, coolDownMs } = profile
  const senses = { latch: inputs.latch !== undefined, leaf: inputs.leaf !== undefined }
  return { family, address, channels, senses, pulseMs, minGapMs, coolDownMs }
}

export function assertChannel(channel: number, { channels }: Profile): void {
  // Channel 0 opens every door on some boards; a bug must never get that far.
  if (!Number.isInteger(channel) || channel < 1 || channel > channels) {
    throw Object.assign(new RangeError(`no such channel: ${channel}`), { code: 'unknown-channel' })
  }
}
