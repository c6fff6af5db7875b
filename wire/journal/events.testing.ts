import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { makeId, type Id, type IdKind } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'

const id = <Kind extends IdKind>(kind: Kind, n = 1): Id<Kind> => makeId(kind, instant(n), new Uint8Array(10))

const at = runningMs(86_400_000)
const [door, next] = [id('compartment'), id('compartment', 2)]
const [session, deposit, order] = [id('session'), id('deposit'), id('order')]
const [person, staff, carrier] = [id('person'), id('staff'), id('carrier')]
const digest = '0123456789abcdef'.repeat(4)
const nonce = '0123456789abcdef'.repeat(2)
const need = { size: 'M', box: { widthMm: 300, heightMm: 200, depthMm: 100 }, lowDoor: true } as const
const inspection = { offered: true, damaged: false, weightOff: false } as const
const code = { generation: 0, tag: digest, tailTag: digest } as const
const bare = { generation: 1, tag: digest, tailTag: null } as const
const pickup = { kind: 'pickup', session, deposit } as const

type Examples = { readonly [Type in CabinetEvent['type']]: Extract<CabinetEvent, { type: Type }> }

/** One of each thing that a journal can say; the compiler asks for one as soon as core names another. */
export const eventExamples: Examples = {
  doorUnlockIntended: { type: 'doorUnlockIntended', door, cause: pickup, at },
  doorPulsed: { type: 'doorPulsed', door, at },
  doorUnlatched: { type: 'doorUnlatched', door, explained: true, at },
  doorOpened: { type: 'doorOpened', door, cause: pickup, recovered: false, witness: 'leaf', at },
  doorNotOpened: { type: 'doorNotOpened', door, cause: pickup, why: 'stayed-shut', at },
  doorOutcomeUnknown: { type: 'doorOutcomeUnknown', door, cause: pickup, at },
  doorShut: { type: 'doorShut', door, witness: 'latch', at },
  doorLost: { type: 'doorLost', door, at },
  doorFound: { type: 'doorFound', door, sight: 'shut', at },
  doorLeftOpen: { type: 'doorLeftOpen', door, at },

  compartmentHeld: { type: 'compartmentHeld', compartment: door, epoch: 4, deposit, session },
  compartmentReleased: { type: 'compartmentReleased', compartment: door },
  compartmentLoaded: { type: 'compartmentLoaded', compartment: door, deposit },
  compartmentSuspected: { type: 'compartmentSuspected', compartment: door, why: 'opened-without-cause' },
  compartmentInspected: { type: 'compartmentInspected', compartment: door, seen: 'empty', by: staff },
  compartmentRetired: { type: 'compartmentRetired', compartment: door, order },
  compartmentFaulted: { type: 'compartmentFaulted', compartment: door, by: person },
  compartmentRestored: { type: 'compartmentRestored', compartment: door, order },

  codeAttempted: { type: 'codeAttempted', attempt: 812, step: 'code', at },
  codeRejected: { type: 'codeRejected', attempt: 812, at },
  codeElsewhere: { type: 'codeElsewhere', attempt: 812, at },
  codeAccepted: { type: 'codeAccepted', attempt: 812, deposit, generation: 0, at },
  codeRenewed: { type: 'codeRenewed', deposit, code: bare, order, at },
  codesRevoked: { type: 'codesRevoked', deposit, through: 1, at },

  courierSessionOpened: { type: 'courierSessionOpened', session, person, carrier, via: 'grant', nonce, at },
  pickupSessionOpened: {
    type: 'pickupSessionOpened',
    session,
    deposit,
    person: null,
    via: 'code',
    nonce: null,
    generation: 0,
    at,
  },
  pickupContinued: { type: 'pickupContinued', session, deposit, at },
  pickupReopened: { type: 'pickupReopened', session, deposit, at },
  parcelTurnedAway: { type: 'parcelTurnedAway', session, parcel: digest, why: 'weight-off', at },
  sessionExtended: { type: 'sessionExtended', session, at },
  sessionEnded: { type: 'sessionEnded', session, why: 'timeout', at },

  depositBegun: {
    type: 'depositBegun',
    deposit,
    session,
    carrier,
    person,
    compartment: door,
    epoch: 4,
    parcels: [digest],
    need,
    consent: { kind: 'sender-named-cabinet', ref: 'con_1', cardVersion: 7 },
    inspection,
    at,
  },
  depositPrepared: { type: 'depositPrepared', deposit, codes: [code, bare], at },
  parcelJoined: { type: 'parcelJoined', deposit, parcel: digest, inspection, at },
  depositMoved: { type: 'depositMoved', deposit, from: door, to: next, epoch: 1, need, at },
  depositMade: { type: 'depositMade', deposit, by: 'silence', at },
  depositCancelling: { type: 'depositCancelling', deposit, at },
  depositCancelled: { type: 'depositCancelled', deposit, why: 'courier', at },
  depositKept: { type: 'depositKept', deposit, at },
  refusalBegun: { type: 'refusalBegun', deposit, why: 'wrong-parcel', at },
  depositRefused: { type: 'depositRefused', deposit, why: 'damaged', at },
  depositDisputed: { type: 'depositDisputed', deposit, why: 'empty', at },
  depositCollected: { type: 'depositCollected', deposit, by: 'person', at },
  undoBegun: { type: 'undoBegun', deposit, session, at },
  lookBegun: { type: 'lookBegun', session, compartment: door, at },
  lookEnded: { type: 'lookEnded', session, at },
  recallBegun: { type: 'recallBegun', deposit, session, at },
  depositRecalled: { type: 'depositRecalled', deposit, by: 'person', at },

  orderAccepted: { type: 'orderAccepted', order, staff, what: 'open', at },
  orderRefused: { type: 'orderRefused', order, reason: 'order-stale-epoch', at },
  leaseAsked: { type: 'leaseAsked', order, person, carrier, size: 'L', at },
  leaseGranted: { type: 'leaseGranted', order, compartment: door, until: runningMs(at + 900_000), at },
  leaseLost: { type: 'leaseLost', order, at },
  leaseEnded: { type: 'leaseEnded', order, why: 'waited-out', at },

  emergencyRaised: { type: 'emergencyRaised', what: 'shut-in', at },
  emergencyEnded: { type: 'emergencyEnded', order, at },
  releaseBegun: {
    type: 'releaseBegun',
    cause: { kind: 'emergency', order: null, staff: null },
    doors: [door, next],
    at,
  },
  largeDoorShut: { type: 'largeDoorShut', door, at },

  cabinetStarted: { type: 'cabinetStarted', boot: 3, at },
  layoutTaken: { type: 'layoutTaken', layout: { version: 1, bodies: [], compartments: [] }, at },
  serviceSwitchTurned: { type: 'serviceSwitchTurned', closed: true, at },
  compartmentRebuilt: { type: 'compartmentRebuilt', compartment: door, epoch: 4, retired: true, holds: null, at },
}

/** What a field of an event may also be: the type of the event, and what changes. */
export const alsoGood: readonly (readonly [keyof Examples, Readonly<Record<string, unknown>>])[] = [
  ['doorOpened', { cause: null }],
  ['doorOpened', { recovered: true, witness: 'latch' }],
  ['doorUnlockIntended', { cause: { kind: 'deposit', session, deposit } }],
  ['doorUnlockIntended', { cause: { kind: 'recall', session, deposit } }],
  ['doorUnlockIntended', { cause: { kind: 'order', order, staff } }],
  ['doorUnlockIntended', { cause: { kind: 'service', order, person } }],
  ['doorUnlockIntended', { cause: { kind: 'service', order, person: staff } }],
  ['doorUnlockIntended', { cause: { kind: 'emergency', order: null, staff: null } }],
  ['doorUnlockIntended', { cause: { kind: 'emergency', order, staff } }],
  ['compartmentInspected', { by: person }],
  ['pickupSessionOpened', { person, via: 'grant', nonce, generation: null }],
  ['depositBegun', { need: { ...need, box: null } }],
  ['depositBegun', { parcels: Array(20).fill(digest) }],
  ['depositPrepared', { codes: [code] }],
]

/** What no journal may hold: an event, what is wrong with it, and what changes. */
export const neverGood: readonly (readonly [keyof Examples, string, Readonly<Record<string, unknown>>])[] = [
  ['doorUnlockIntended', 'an opening without a cause (law 2)', { cause: null }],
  ['doorUnlockIntended', 'a cause of no known kind', { cause: { kind: 'wish' } }],
  ['doorUnlockIntended', 'two causes in one', { cause: { ...pickup, order, staff } }],
  ['doorUnlockIntended', 'an order of nobody', { cause: { kind: 'order', order, staff: null } }],
  ['doorOpened', 'a witness that no lock has', { witness: 'camera' }],
  ['doorFound', 'a door that is found neither shut nor open', { sight: 'unlatched' }],
  ['compartmentHeld', 'an epoch that a grant cannot carry (law 6)', { epoch: 2 ** 32 }],
  ['compartmentHeld', 'an epoch before the first', { epoch: -1 }],
  ['compartmentSuspected', 'a doubt without a name', { why: 'odd' }],
  ['compartmentInspected', 'a look by nobody (law 16)', { by: null }],
  ['codeAttempted', 'an attempt before the first entry (law 7)', { attempt: 0 }],
  ['codeElsewhere', 'the cabinet that opens for it, which is nobody’s who reads here (law 14)', { cabinet: 'cab' }],
  ['codesRevoked', 'a generation before the first (law 5)', { through: -1 }],
  ['depositBegun', 'a deposit of nothing', { parcels: [] }],
  ['depositBegun', 'more parcels than one door takes', { parcels: Array(21).fill(digest) }],
  ['depositBegun', 'a tracking number in the place of its digest (law 14)', { parcels: ['SF1000000000001'] }],
  ['depositBegun', 'a deposit without consent', { consent: null }],
  ['depositPrepared', 'a deposit without a way out (law 3)', { codes: [] }],
  ['depositPrepared', 'three codes', { codes: [code, bare, bare] }],
  ['depositPrepared', 'a plain code in the place of its tag (law 14)', { codes: [{ ...code, tag: '012345678' }] }],
  ['depositDisputed', 'a dispute about something else', { why: 'late' }],
  ['courierSessionOpened', 'a right shown in a way that nobody checks', { via: 'face' }],
  ['orderAccepted', 'an order of nobody', { staff: null }],
  ['orderAccepted', 'all doors at once', { what: 'open-all' }],
  ['leaseGranted', 'a lease without an end', { until: null }],
  ['releaseBegun', 'a release for a pickup', { cause: pickup }],
  ['serviceSwitchTurned', 'a switch that is neither', { closed: null }],
  ['cabinetStarted', 'a start before the first', { boot: 0 }],
]
