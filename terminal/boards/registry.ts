import type { Direction, Family } from './families/family.ts'
import { openModbusRelayLine } from './families/modbus-relay/driver.ts'
import * as modbusFrames from './families/modbus-relay/frames.ts'
import { modbusRelayProfile } from './families/modbus-relay/profile.ts'
import { createVirtualModbusRelay } from './families/modbus-relay/virtual.ts'
import { openXor8aLine } from './families/xor-8a/driver.ts'
import * as xorFrames from './families/xor-8a/frames.ts'
import { xor8aProfile } from './families/xor-8a/profile.ts'
import { createVirtualXor8a } from './families/xor-8a/virtual.ts'

/** Every family we speak, by the name used in configs and vectors. A new one is a new line here. */
export const families = {
  'xor-8a': {
    baud: 9_600,
    profile: xor8aProfile,
    checked: true,
    open: openXor8aLine,
    virtual: createVirtualXor8a,
    transcode: (direction, frame) => transcode(xorFrames, direction, frame),
  },
  'modbus-relay': {
    baud: 9_600,
    profile: modbusRelayProfile,
    checked: true,
    open: openModbusRelayLine,
    virtual: createVirtualModbusRelay,
    transcode: (direction, frame) => transcode(modbusFrames, direction, frame),
  },
} as const satisfies Record<string, Family>

export type FamilyName = keyof typeof families

export const familyNames = ['xor-8a', 'modbus-relay'] as const satisfies readonly FamilyName[]

export function isFamily(name: string): name is FamilyName {
  return Object.hasOwn(families, name)
}

interface Codec<Request, Reply> {
  readonly parseRequest: (frame: Uint8Array) => Request | undefined
  readonly encodeRequest: (request: Request) => Uint8Array
  readonly parseReply: (frame: Uint8Array) => Reply | undefined
  readonly encodeReply: (reply: Reply) => Uint8Array
}

function transcode<Request, Reply>(codec: Codec<Request, Reply>, direction: Direction, frame: Uint8Array) {
  if (direction === 'host->board') {
    const request = codec.parseRequest(frame)
    return request === undefined ? undefined : codec.encodeRequest(request)
  }
  const reply = codec.parseReply(frame)
  return reply === undefined ? undefined : codec.encodeReply(reply)
}
