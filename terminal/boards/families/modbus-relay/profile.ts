import type { Profile } from '../profile.ts'

/** Waveshare class: eight relays with eight inputs wired to the leaf switches. */
export const modbusRelayProfile: Profile = {
  channels: 8,
  channelBase: 0,
  inputs: { leaf: 0 },
  closedWhenSet: { latch: true, leaf: true },
  byteOrder: 'low-first',
  reportBytes: 1,
  pulseMs: 300,
  replyTimeoutMs: 200,
  // Two boards at 9600 baud: without a pause the second failed 56 times of 56, with 5 ms never (ADR 0035).
  minSilenceMs: 5,
  unlockReply: 'immediate',
  push: false,
  minGapMs: 50,
  coolDownMs: 1_000,
}
