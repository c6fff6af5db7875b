import { createScanner } from '../../line/scanner.ts'
import { inputCount, inputsOf, reportOf } from '../contacts.ts'
import { answerUnlock, turnaroundMs, type VirtualBoard, type VirtualReply, type VirtualSite } from '../family.ts'
import type { Profile } from '../profile.ts'
import { encodeReply, takeRequest, type ModbusReply, type ModbusRequest } from './frames.ts'

const illegalFunction = 1
const illegalAddress = 2

/** A relay board in control mode 0: pulses, inputs, control modes; everything else gets an exception. */
export function createVirtualModbusRelay(site: VirtualSite): VirtualBoard {
  const { profile } = site
  const scanner = createScanner(takeRequest)
  const reply = (frame: ModbusReply): readonly VirtualReply[] => [{ afterMs: turnaroundMs, bytes: encodeReply(frame) }]

  const answer = (request: ModbusRequest): readonly VirtualReply[] => {
    const { address, fn } = request
    if (request.kind === 'write' && fn === 5) {
      const relay = request.at - 0x0200
      if (relay < 0 || relay >= profile.channels) return reply({ kind: 'exception', fn, address, code: illegalAddress })
      site.pulse(relay + 1, request.value * 100)
      const { at, value } = request
      return answerUnlock(profile, encodeReply({ kind: 'written', fn, address, at, value }))
    }
    if (request.kind === 'read') {
      const data =
        request.fn === 2 ? inputData(site, request) : request.fn === 3 ? modeData(profile, request) : undefined
      if (data !== undefined) return reply({ kind: 'data', fn: request.fn, address, data })
    }
    return reply({ kind: 'exception', fn, address, code: illegalFunction })
  }
  return {
    hear: (chunk) =>
      scanner.feed(chunk).flatMap((request) => (request.address === site.address() ? answer(request) : [])),
    hush: () => {
      scanner.reset()
    },
    changed: () => undefined,
  }
}

interface Range {
  readonly start: number
  readonly count: number
}

function inputData({ profile, closed }: VirtualSite, { start, count }: Range): Uint8Array | undefined {
  if (count < 1 || start + count > inputCount(profile)) return undefined
  const asked = inputsOf(profile, closed).slice(start, start + count)
  return reportOf(asked, { ...profile, reportBytes: Math.ceil(count / 8), byteOrder: 'low-first' })
}

function modeData({ channels }: Profile, { start, count }: Range): Uint8Array | undefined {
  return count >= 1 && start >= 0x1000 && start + count <= 0x1000 + channels ? new Uint8Array(count * 2) : undefined
}
