import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import Type, { type TObject, type TProperties } from 'typebox'
import {
  closed,
  digestField,
  epochField,
  idField,
  nonceField,
  orderKindField,
  runningField,
  seqField,
  sizeField,
  tagField,
  textField,
} from './fields.ts'

const compartment = idField('compartment')
const deposit = idField('deposit')
const session = idField('session')
const order = idField('order')
const at = runningField
const nonce = Type.Union([nonceField, Type.Null()])
const mm = Type.Integer({ minimum: 0, maximum: 100_000 })
const staff = idField('staff')
const person = idField('person')

const event = <const Name extends string, const Fields extends TProperties>(type: Name, fields: Fields): TObject =>
  Type.Object({ type: Type.Literal(type), ...fields }, closed)

const emergencyCause = Type.Object(
  {
    kind: Type.Literal('emergency'),
    order: Type.Union([order, Type.Null()]),
    staff: Type.Union([staff, Type.Null()]),
  },
  closed,
)
const cause = Type.Union([
  emergencyCause,
  Type.Object({ kind: Type.Enum(['deposit', 'pickup', 'recall']), session, deposit }, closed),
  Type.Object({ kind: Type.Literal('look'), session }, closed),
  Type.Object({ kind: Type.Literal('order'), order, staff }, closed),
  Type.Object({ kind: Type.Literal('service'), order, person: Type.Union([person, staff]) }, closed),
])
const box = Type.Object({ widthMm: mm, heightMm: mm, depthMm: mm }, closed)
const front = Type.Object({ xMm: mm, yMm: mm, widthMm: mm, heightMm: mm }, closed)
const need = Type.Object({ size: sizeField, box: Type.Union([box, Type.Null()]), lowDoor: Type.Boolean() }, closed)
const inspection = Type.Object({ offered: Type.Boolean(), damaged: Type.Boolean(), weightOff: Type.Boolean() }, closed)
const codeTags = Type.Object(
  { generation: Type.Integer({ minimum: 0 }), tag: tagField, tailTag: Type.Union([tagField, Type.Null()]) },
  closed,
)
const confirmation = Type.Enum(['person', 'silence'])
const complaint = Type.Enum(['damaged', 'wrong-parcel', 'not-wanted'])
const witness = Type.Enum(['latch', 'leaf'])
const doors = Type.Optional(Type.Integer({ minimum: 0, maximum: 255 }))
const via = Type.Enum(['code', 'grant', 'message-code', 'certificate'])

const consentSchema = Type.Object(
  {
    kind: Type.Enum(['parcel', 'standing', 'sender-named-cabinet']),
    ref: textField(64),
    cardVersion: Type.Integer({ minimum: 0 }),
  },
  closed,
)

const layout = Type.Object(
  {
    version: Type.Integer({ minimum: 0 }),
    bodies: Type.Array(
      Type.Object(
        {
          kind: Type.Enum(['mainCabinet', 'extensionCabinet']),
          widthMm: mm,
          heightMm: mm,
          screen: Type.Optional(front),
        },
        closed,
      ),
      { maxItems: 32 },
    ),
    compartments: Type.Array(
      Type.Object(
        {
          id: compartment,
          label: textField(12),
          body: Type.Integer({ minimum: 0 }),
          size: sizeField,
          inside: box,
          front,
          lock: Type.Object(
            {
              line: textField(32),
              board: Type.Integer({ minimum: 0, maximum: 255 }),
              channel: Type.Integer({ minimum: 0, maximum: 255 }),
            },
            closed,
          ),
          witness,
        },
        closed,
      ),
      { maxItems: 500 },
    ),
  },
  closed,
)

/** Typed as core's own, ids branded: the schema is the parser that earns them. */
export const layoutSchema = Type.Unsafe<CabinetLayout>(layout)

const doorEvents = [
  event('doorUnlockIntended', { door: compartment, cause, at }),
  event('doorPulsed', { door: compartment, at }),
  event('doorUnlatched', { door: compartment, explained: Type.Boolean(), at }),
  event('doorOpened', {
    door: compartment,
    cause: Type.Union([cause, Type.Null()]),
    recovered: Type.Boolean(),
    witness,
    at,
  }),
  event('doorNotOpened', {
    door: compartment,
    cause,
    why: Type.Enum(['stayed-shut', 'refused', 'absent', 'withheld']),
    at,
  }),
  event('doorOutcomeUnknown', { door: compartment, cause, at }),
  event('doorShut', { door: compartment, witness, at }),
  event('doorLost', { door: compartment, at }),
  event('doorFound', { door: compartment, sight: Type.Enum(['shut', 'open']), at }),
  event('doorLeftOpen', { door: compartment, at }),
]

const suspicion = Type.Enum([
  'opened-without-cause',
  'did-not-open',
  'outcome-unknown',
  'opened-remotely',
  'session-broken-off',
  'found-empty',
  'not-looked-into',
  'new-incarnation',
])

const compartmentEvents = [
  event('compartmentHeld', { compartment, epoch: epochField, deposit, session }),
  event('compartmentReleased', { compartment }),
  event('compartmentLoaded', { compartment, deposit }),
  event('compartmentSuspected', { compartment, why: suspicion }),
  event('compartmentInspected', {
    compartment,
    seen: Type.Enum(['empty', 'parcel-inside']),
    by: Type.Union([person, staff]),
    picture: Type.Optional(digestField),
  }),
  event('compartmentFaulted', { compartment, by: person }),
  event('compartmentRetired', { compartment, order }),
  event('compartmentRestored', { compartment, order }),
]

const sessionEvents = [
  event('courierSessionOpened', { session, person, carrier: idField('carrier'), via, nonce, doors, at }),
  event('pickupSessionOpened', {
    session,
    deposit,
    person: Type.Union([person, Type.Null()]),
    via,
    nonce,
    generation: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    at,
  }),
  event('pickupContinued', { session, deposit, at }),
  event('pickupReopened', { session, deposit, at }),
  event('parcelTurnedAway', {
    session,
    parcel: digestField,
    why: Type.Enum(['damaged', 'weight-off', 'goods-need-agreement', 'consent-declined']),
    at,
  }),
  event('lookBegun', { session, compartment, at }),
  event('lookEnded', { session, at }),
  event('sessionExtended', { session, at }),
  event('sessionEnded', { session, why: Type.Enum(['done', 'timeout', 'restart']), at }),
]

const depositEvents = [
  event('depositBegun', {
    deposit,
    session,
    carrier: idField('carrier'),
    person,
    compartment,
    epoch: epochField,
    parcels: Type.Array(digestField, { minItems: 1, maxItems: 20 }),
    need,
    consent: consentSchema,
    inspection,
    at,
  }),
  event('depositPrepared', { deposit, codes: Type.Array(codeTags, { minItems: 1, maxItems: 2 }), at }),
  event('parcelJoined', { deposit, parcel: digestField, inspection, at }),
  event('depositMoved', { deposit, from: compartment, to: compartment, epoch: epochField, need, at }),
  event('depositMade', { deposit, by: confirmation, at }),
  event('depositCancelling', { deposit, at }),
  event('depositCancelled', { deposit, why: Type.Enum(['courier', 'broken-off']), at }),
  event('codeAccepted', { attempt: seqField, deposit, generation: Type.Integer({ minimum: 0 }), at }),
  event('codeRenewed', { deposit, code: codeTags, order, at }),
  event('codesRevoked', { deposit, through: Type.Integer({ minimum: 0 }), at }),
  event('refusalBegun', { deposit, why: complaint, at }),
  event('depositRefused', { deposit, why: complaint, at }),
  event('depositDisputed', { deposit, why: Type.Literal('empty'), at }),
  event('depositCollected', { deposit, by: confirmation, at }),
  event('depositKept', { deposit, at }),
  event('undoBegun', { deposit, session, at }),
  event('recallBegun', { deposit, session, at }),
  event('depositRecalled', { deposit, by: confirmation, at }),
]

/** Doors held for couriers on their way; `order` is the one that asked. */
const leaseEvents = [
  event('leaseAsked', { order, person, carrier: idField('carrier'), size: sizeField, at }),
  event('leaseGranted', { order, compartment, until: runningField, at }),
  event('leaseLost', { order, at }),
  event('leaseEnded', { order, why: Type.Enum(['used', 'expired', 'given-back', 'waited-out']), at }),
]

const rebuiltDeposit = Type.Object(
  {
    id: deposit,
    carrier: idField('carrier'),
    person,
    parcels: Type.Array(digestField, { minItems: 1, maxItems: 20 }),
    need,
    stage: Type.Enum(['stored', 'refused']),
    generation: Type.Integer({ minimum: 0 }),
  },
  closed,
)

/** What the cloud knows to be behind one door, told to a new terminal when it enrols. */
const holds = Type.Union([rebuiltDeposit, Type.Null()])
export const rebuiltCompartment = Type.Object(
  { compartment, epoch: epochField, retired: Type.Boolean(), holds },
  closed,
)

const otherEvents = [
  event('codeAttempted', { attempt: seqField, step: Type.Enum(['code', 'code-and-tail']), at }),
  event('codeRejected', { attempt: seqField, at }),
  event('codeElsewhere', { attempt: seqField, at }),
  event('orderAccepted', { order, staff, what: orderKindField, at }),
  event('orderRefused', { order, reason: textField(64), at }),
  event('cabinetStarted', { boot: seqField, at }),
  event('layoutTaken', { layout: layoutSchema, at }),
  event('serviceSwitchTurned', { closed: Type.Boolean(), at }),
  event('compartmentRebuilt', { ...rebuiltCompartment.properties, at }),
]

const safetyEvents = [
  event('emergencyRaised', { what: Type.Enum(['shut-in', 'help']), at }),
  event('emergencyEnded', { order, at }),
  event('releaseBegun', { cause: emergencyCause, doors: Type.Array(compartment, { maxItems: 500 }), at }),
  event('largeDoorShut', { door: compartment, at }),
]

/** One schema for each event of `core/cabinet/events.ts`; a test holds the two lists equal. */
export const eventSchemas: readonly TObject[] = [
  ...doorEvents,
  ...compartmentEvents,
  ...sessionEvents,
  ...depositEvents,
  ...leaseEvents,
  ...otherEvents,
  ...safetyEvents,
]

/** What a sealed private part says, once the cloud has opened it (law 14). */
export const privatePartSchema = Type.Object(
  {
    parcels: Type.Optional(
      Type.Array(Type.Object({ digest: digestField, carrier: idField('carrier'), number: textField(64) }, closed), {
        maxItems: 20,
      }),
    ),
    phone: Type.Optional(Type.String({ pattern: '^\\+[1-9][0-9]{5,14}$' })),
    codes: Type.Optional(
      Type.Array(
        Type.Object({ generation: Type.Integer({ minimum: 0 }), code: Type.String({ pattern: '^[0-9]{9}$' }) }, closed),
        { maxItems: 2 },
      ),
    ),
  },
  closed,
)
export type PrivatePart = Type.Static<typeof privatePartSchema>
