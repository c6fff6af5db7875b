import { createScanner } from '../../line/scanner.ts'
import { inputsOf, reportOf } from '../contacts.ts'
import { answerUnlock, turnaroundMs, type VirtualBoard, type VirtualReply, type VirtualSite } from '../family.ts'
import { encodeReply, takeRequest, type Xor8aRequest } from './frames.ts'

/** A board that answers open and query; it hears and ignores the commands that our drivers never send. */
export function createVirtualXor8a(site: VirtualSite): VirtualBoard {
  const { profile } = site
  const scanner = createScanner(takeRequest)
  const inputs = (): readonly boolean[] => inputsOf(profile, (channel, contact) => site.closed(channel, contact))
  const indexOf = (wire: number): number => wire - profile.channelBase
  const isSet = (wire: number): boolean =>
    inputs()[indexOf(wire) + (profile.inputs.latch ?? profile.inputs.leaf ?? 0)] ?? false
  const has = (wire: number): boolean => indexOf(wire) >= 0 && indexOf(wire) < profile.channels

  const answer = (request: Xor8aRequest): readonly VirtualReply[] => {
    const { kind, address } = request
    if (kind === 'query' && request.channel === 0) {
      return [
        { afterMs: turnaroundMs, bytes: encodeReply({ kind: 'report', address, states: reportOf(inputs(), profile) }) },
      ]
    }
    if (kind === 'query' && has(request.channel)) {
      const { channel } = request
      return [{ afterMs: turnaroundMs, bytes: encodeReply({ kind: 'state', address, channel, isSet: isSet(channel) }) }]
    }
    if (kind !== 'open' || !has(request.channel)) return []
    const { channel, seconds } = request
    site.pulse(indexOf(channel) + 1, seconds === undefined ? profile.pulseMs : seconds * 1_000)
    return answerUnlock(profile, encodeReply({ kind: 'opened', address, channel, isSet: isSet(channel) }))
  }
  return {
    hear: (chunk) =>
      scanner.feed(chunk).flatMap((request) => (request.address === site.address() ? answer(request) : [])),
    hush: () => {
      scanner.reset()
    },
    changed: (channel) => {
      const address = site.address()
      if (!profile.push || address === undefined) return undefined
      const wire = channel - 1 + profile.channelBase
      return encodeReply({ kind: 'pushed', address, channel: wire, isSet: isSet(wire) })
    },
  }
}
