import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitAt, createReader, inputCount, inputsOf, readingsOf, reportOf } from './contacts.ts'
import { modbusRelayProfile } from './modbus-relay/profile.ts'
import type { Profile } from './profile.ts'
import { xor8aProfile } from './xor-8a/profile.ts'

const profiles: fc.Arbitrary<Profile> = fc
  .record({
    channels: fc.integer({ min: 1, max: 28 }),
    latch: fc.boolean(),
    leaf: fc.boolean(),
    byteOrder: fc.constantFrom('high-first' as const, 'low-first' as const),
  })
  .map(({ channels, latch, leaf, byteOrder }) => ({
    ...xor8aProfile,
    channels,
    byteOrder,
    inputs: { latch: 0, leaf: channels },
    closedWhenSet: { latch, leaf },
    reportBytes: 7,
  }))

describe('contacts', () => {
  it('are read the same with and without a memory of the report before', () => {
    const reports = fc.array(fc.constantFrom(0, 1, 0x80, 0xff), { maxLength: 3 }).map((bytes) => Uint8Array.from(bytes))
    fc.assert(
      fc.property(profiles, fc.array(reports, { maxLength: 8 }), (profile, heard) => {
        const read = createReader(profile)
        for (const report of heard) expect(read(report)).toEqual(readingsOf(profile, report))
      }),
    )
  })

  it('mean the same on the way out of a board and into the terminal, for every polarity and order', () => {
    fc.assert(
      fc.property(profiles, fc.func(fc.boolean()), (profile, closed) => {
        const report = reportOf(
          inputsOf(profile, (channel, contact) => closed(channel, contact)),
          profile,
        )
        for (const [channel, reading] of readingsOf(profile, report)) {
          expect(reading).toEqual({
            latch: closed(channel, 'latch') ? 'caught' : 'released',
            leaf: closed(channel, 'leaf') ? 'shut' : 'open',
          })
        }
      }),
    )
  })

  it('puts channels 1 to 8 into the last byte where the high group comes first', () => {
    const report = Uint8Array.of(0, 0, 2)
    const caught = [...readingsOf(xor8aProfile, report)].filter(([, { latch }]) => latch === 'caught')
    expect(caught).toEqual([[2, { latch: 'caught' }]])
    const lowFirst = readingsOf({ ...xor8aProfile, byteOrder: 'low-first' }, report)
    expect(lowFirst.get(18)).toEqual({ latch: 'caught' })
  })

  it('says unknown for channels that a short report does not cover', () => {
    const readings = readingsOf(xor8aProfile, Uint8Array.of(0xff))
    expect(readings.get(8)).toEqual({ latch: 'caught' })
    expect(readings.get(9)).toEqual({ latch: 'unknown' })
    expect(readings.size).toBe(24)
  })

  it('says nothing about a leaf that has no switch and unknown about a latch without one', () => {
    expect(readingsOf(xor8aProfile, Uint8Array.of(0, 0, 0)).get(1)).toEqual({ latch: 'released' })
    expect(readingsOf(modbusRelayProfile, Uint8Array.of(1)).get(1)).toEqual({ latch: 'unknown', leaf: 'shut' })
  })

  it('counts inputs up to the last one in use', () => {
    expect(inputCount({ ...modbusRelayProfile, inputs: { latch: 0, leaf: 8 } })).toBe(16)
    expect(bitAt(Uint8Array.of(1), 8, 'low-first')).toBeUndefined()
  })
})
