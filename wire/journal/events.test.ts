import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { eventSchemas, privatePartSchema } from './events.ts'

/** The compiler refuses this list as soon as core names an event that is not in it. */
const everyEvent: Readonly<Record<CabinetEvent['type'], true>> = {
  doorUnlockIntended: true,
  doorPulsed: true,
  doorUnlatched: true,
  doorOpened: true,
  doorNotOpened: true,
  doorOutcomeUnknown: true,
  doorShut: true,
  doorLost: true,
  doorFound: true,
  doorLeftOpen: true,
  compartmentHeld: true,
  compartmentReleased: true,
  compartmentLoaded: true,
  compartmentSuspected: true,
  compartmentInspected: true,
  compartmentRetired: true,
  compartmentRestored: true,
  codeAttempted: true,
  codeRejected: true,
  courierSessionOpened: true,
  pickupSessionOpened: true,
  pickupContinued: true,
  pickupReopened: true,
  parcelTurnedAway: true,
  sessionExtended: true,
  sessionEnded: true,
  depositBegun: true,
  depositPrepared: true,
  parcelJoined: true,
  depositMoved: true,
  depositMade: true,
  depositCancelling: true,
  depositCancelled: true,
  depositKept: true,
  codeAccepted: true,
  codeRenewed: true,
  codesRevoked: true,
  refusalBegun: true,
  depositRefused: true,
  depositDisputed: true,
  depositCollected: true,
  recallBegun: true,
  depositRecalled: true,
  orderAccepted: true,
  orderRefused: true,
  cabinetStarted: true,
  layoutTaken: true,
  leaseAsked: true,
  leaseGranted: true,
  leaseLost: true,
  leaseEnded: true,
  undoBegun: true,
  serviceSwitchTurned: true,
  emergencyRaised: true,
  emergencyEnded: true,
  releaseBegun: true,
  largeDoorShut: true,
}

const typeOf = (schema: (typeof eventSchemas)[number]): unknown => (schema.properties.type as { const?: unknown }).const

describe('journal events on the wire', () => {
  it('have one schema for each event that core can say, and no other', () => {
    expect(new Set(eventSchemas.map(typeOf))).toEqual(new Set(Object.keys(everyEvent)))
    expect(eventSchemas).toHaveLength(Object.keys(everyEvent).length)
  })

  it('are closed: a field that nobody named is an error', () => {
    const shut = eventSchemas.find((schema) => typeOf(schema) === 'doorShut')
    const check = Compile(shut ?? eventSchemas[0] ?? privatePartSchema)
    const event = { type: 'doorShut', door: 'cmp_01hzzzzzzzzzzzzzzzzzzzzzzz', witness: 'latch', at: 7 }
    expect(check.Check(event)).toBe(true)
    expect(check.Check({ ...event, phone: '+8613812345678' })).toBe(false)
    expect(check.Check({ ...event, at: 7.5 })).toBe(false)
    expect(check.Check({ ...event, door: 'cab_01hzzzzzzzzzzzzzzzzzzzzzzz' })).toBe(false)
  })
})
