import type { Profile } from '../profile.ts'

/** 24 channels, close feedback from the hook, high group first, as most recorded boards answer. */
export const xor8aProfile: Profile = {
  channels: 24,
  channelBase: 1,
  inputs: { latch: 0 },
  closedWhenSet: { latch: true, leaf: true },
  byteOrder: 'high-first',
  reportBytes: 3,
  pulseMs: 300,
  replyTimeoutMs: 200,
  minSilenceMs: 0,
  unlockReply: 'immediate',
  push: false,
  minGapMs: 50,
  coolDownMs: 1_000,
}
