import { Type, type Static } from 'typebox'

const count = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum })

/**
 * What differs between boards of one family, between firmwares and between the locks wired to them.
 * All of it was seen to vary; none of it may be guessed from the family's name.
 */
export const profileSchema = Type.Object({
  channels: count(1, 56),
  /** The number that the wire uses for the first channel. */
  channelBase: count(0, 1),
  /** Which reported input belongs to channel 1, by kind of contact; the others follow in order. */
  inputs: Type.Object({ latch: Type.Optional(count(0, 255)), leaf: Type.Optional(count(0, 255)) }),
  /** Whether a set input bit means "closed" (latch caught, leaf shut); both are found in every family. */
  closedWhenSet: Type.Object({ latch: Type.Boolean(), leaf: Type.Boolean() }),
  byteOrder: Type.Union([Type.Literal('high-first'), Type.Literal('low-first')]),
  /** State bytes in a full report; not the channel count over eight: a real 8-channel board answers three. */
  reportBytes: count(1, 32),
  pulseMs: count(50, 9_000),
  replyTimeoutMs: count(20, 10_000),
  minSilenceMs: count(0, 1_000),
  unlockReply: Type.Union([Type.Literal('none'), Type.Literal('immediate'), Type.Literal('late')]),
  push: Type.Boolean(),
  /** From the end of one pulse to the start of the next, any lock. */
  minGapMs: count(0, 60_000),
  /** From the end of a pulse to the next one of the same lock; 5 % duty coils need 15 s. */
  coolDownMs: count(0, 60_000),
})

export type Profile = Static<typeof profileSchema>
export const profileChangesSchema = Type.Partial(profileSchema)
export type ProfileChanges = Static<typeof profileChangesSchema>

export type Contact = 'latch' | 'leaf'

/** How long the answer to an unlock may take after its last byte. */
export function unlockTimeoutMs({ unlockReply, pulseMs, replyTimeoutMs }: Profile): number {
  return unlockReply === 'late' ? pulseMs + replyTimeoutMs : replyTimeoutMs
}
