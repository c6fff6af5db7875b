import { readdirSync, readFileSync } from 'node:fs'
import { fromHex, toHex } from '@holdfast/core/fuzz/fuzz.testing.ts'
import type { Direction } from './families/family.ts'
import { encodeReply as encodeModbus } from './families/modbus-relay/frames.ts'
import { encodeReply as encodeXor } from './families/xor-8a/frames.ts'
import { createFakeElectrical } from './bench.fake.ts'
import { createMemoryLine } from './bench.ts'
import { createFakeClock } from './line/clock.fake.ts'
import { createMemoryWire } from './line/memory.ts'
import { families, type FamilyName } from './registry.ts'

interface Capture {
  readonly direction: Direction
  readonly hex: string
  readonly verified_checksum: boolean
}

/** Every whole frame that the family's captures hold, once. */
export function captured(family: FamilyName, direction: Direction): readonly Uint8Array[] {
  const folder = new URL(`families/${family}/captures/`, import.meta.url)
  const rows = readdirSync(folder).flatMap((file): readonly Capture[] =>
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  )
  const whole = rows.filter((row) => row.direction === direction && row.verified_checksum).map(({ hex }) => hex)
  return [...new Set(whole)].map(fromHex)
}

export interface Told {
  readonly family: FamilyName
  readonly asked: 'unlock' | 'read'
  readonly told: Uint8Array
}

const address = 2
const channel = 5

/** The one right answer to what `exchange` asks. */
export function answered(family: FamilyName, asked: Told['asked']): Uint8Array {
  if (family === 'xor-8a') {
    return asked === 'unlock'
      ? encodeXor({ kind: 'opened', address, channel, isSet: true })
      : encodeXor({ kind: 'report', address, states: fromHex('FF FF EF') })
  }
  return asked === 'unlock'
    ? encodeModbus({ kind: 'written', fn: 5, address, at: 0x0200 + channel - 1, value: 3 })
    : encodeModbus({ kind: 'data', fn: 2, address, data: fromHex('EF') })
}

/** Judged on the bytes alone, by no codec of ours: does the answer stand in them? */
function holds({ family, asked, told }: Told): boolean {
  const text = toHex(told)
  if (family === 'modbus-relay' && asked === 'unlock') return text.includes(toHex(answered(family, asked)))
  if (family === 'modbus-relay') return windows(told, 6).some((at) => isHead(at, [address, 2, 1]) && isCrc(at))
  if (asked === 'read')
    return (
      windows(told, 7).some((at) => isHead(at, [0x80, address]) && at[5] === 0x33 && isXor(at)) || isReportAlone(told)
    )
  return ['11 9c', '00 8d'].some((end) => text.includes(`8a 02 05 ${end}`))
}

const windows = (bytes: Uint8Array, length: number): readonly Uint8Array[] =>
  Array.from({ length: Math.max(0, bytes.length - length + 1) }, (_, at) => bytes.slice(at, at + length))
const isHead = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, at) => bytes[at] === byte)
const isXor = (bytes: Uint8Array): boolean => bytes.reduce((sum, byte) => sum ^ byte, 0) === 0

/** Of another length than the profile says: only where nothing stands behind it. */
const isReportAlone = (told: Uint8Array): boolean =>
  [5, 6, 8, 9, 10, 11].some((length) => {
    const end = told.slice(-length)
    return end.length === length && isHead(end, [0x80, address]) && end.at(-2) === 0x33 && isXor(end)
  })

/** CRC-16/MODBUS bit by bit over the whole of it, check included. */
function isCrc(bytes: Uint8Array): boolean {
  let rest = 0xffff
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = ((rest ^ (byte >> bit)) & 1) === 1
      rest = (rest >> 1) ^ (odd ? 0xa001 : 0)
    }
  return rest === 0
}

/** One question to a board behind whose plug somebody says `told`; the driver, the line and its timers are the real ones. */
export async function exchange({ family, asked, told }: Told) {
  const clock = createFakeClock()
  const wire = createMemoryWire()
  const { profile, baud, open } = families[family]
  const line = open({ baud, minSilenceMs: 0, echo: false }, { open: wire.open, clock }, new Map([[address, profile]]))
  let written = 0
  wire.far.hear((request) => {
    const isModes = family === 'modbus-relay' && request[1] === 3
    if (!isModes) written += 1
    const modes = encodeModbus({ kind: 'data', fn: 3, address, data: new Uint8Array(profile.channels * 2) })
    clock.after(20, () => wire.far.say(isModes ? modes : told))
  })
  await new Promise<void>((up) => line.onUp(up))
  const board = line.boards.get(address)
  const asking = asked === 'unlock' ? board?.unlock(channel) : board?.read()
  await clock.advance(3_000)
  const result = await asking
  line.stop()
  return { believed: result?.ok === true, written, isThere: holds({ family, asked, told }) }
}

/** One unlock of channel 5 through a bus that bends the request, or what the board says to it. */
export async function unlockBent(family: FamilyName, direction: Direction, bent: (bytes: Uint8Array) => Uint8Array) {
  const clock = createFakeClock()
  const electrical = createFakeElectrical()
  const { profile, baud, open } = families[family]
  let written = 0
  let said = 0
  const far = createMemoryLine({ family, electrical, boards: new Map([[address, {}]]), clock, baud })
  const line = open({ baud, minSilenceMs: 0, echo: false }, { open: far.open, clock }, new Map([[address, profile]]))
  await new Promise<void>((up) => line.onUp(up))
  const board = line.boards.get(address)
  const look = board?.read()
  await clock.advance(1_000)
  await look
  electrical.bend = (bytes) => {
    const isRequest = said === 0
    said += 1
    if (isRequest) written += 1
    return isRequest === (direction === 'host->board') && said <= 2 ? bent(bytes) : bytes
  }
  const asking = board?.unlock(channel)
  await clock.advance(3_000)
  const result = await asking
  await far.stop()
  line.stop()
  return { believed: result?.ok === true, written, pulsed: electrical.pulses.map((pulse) => pulse.channel) }
}
