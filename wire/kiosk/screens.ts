import Type, { type TLiteral, type TObject, type TProperties } from 'typebox'
import { neighbourSchema, neighboursMax } from '../cabinet/asks.ts'
import { closed, idField, instantField, textField } from '../journal/fields.ts'

const screen = <const Kind extends string, Fields extends TProperties>(
  kind: Kind,
  fields: Fields,
): TObject<{ kind: TLiteral<Kind> } & Fields> => Type.Object({ kind: Type.Literal(kind), ...fields }, closed)

const compartment = idField('compartment')
const count = Type.Integer({ minimum: 0 })
const freeCounts = Type.Object({ S: count, M: count, L: count, XL: count }, closed)
/** A refusal of `wire/codes` or of `codes.ts`: what happened and what to do now. */
const problem = Type.Union([Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 64 }), Type.Null()])
/** `<origin>/k#<cabinet>.<nonce>`, and the two digits that stand beside it and never in it. */
const qr = Type.Union([
  Type.Object({ text: textField(400), number: Type.String({ pattern: '^[0-9]{2}$' }) }, closed),
  Type.Null(),
])
const complaint = Type.Enum(['damaged', 'wrong-parcel', 'not-wanted'])
/** `stuck`: told to open, and nobody saw it open. */
const phase = Type.Enum(['opening', 'open', 'shut', 'stuck'])

/** The parcel in the courier's hand. `guesses`: advice, best first; a name where a carrier of this cabinet has one. */
const parcel = Type.Object(
  {
    number: textField(64),
    guesses: Type.Array(
      Type.Object(
        { carrier: textField(80), confidence: Type.Enum(['certain', 'likely', 'possible']), own: Type.Boolean() },
        closed,
      ),
      { maxItems: 4 },
    ),
  },
  closed,
)

/** Nobody is signed in. */
const guestScreens = [
  screen('unready', { why: Type.Enum(['no-settings', 'journal-failing']) }),
  screen('idle', {
    free: freeCounts,
    /** Why no deposit can be made now. */
    deposits: problem,
    /** When a planned outage ends that stops them. */
    closedUntil: Type.Optional(instantField),
    /** A door that stands open and should not. */
    openDoor: Type.Union([compartment, Type.Null()]),
    /** Only where nothing can be touched: phones begin from here. */
    qr: Type.Optional(qr),
  }),
  screen('code', {
    qr,
    ask: Type.Enum(['code', 'code-and-tail', 'rest']),
    busy: Type.Boolean(),
    /** The cabinet of this site that the code is right at. */
    elsewhere: Type.Optional(Type.Object({ name: textField(80), directions: Type.Optional(textField(200)) }, closed)),
    problem,
  }),
  /** The recipient's own phone number, for the message with the code. `sent`: asked for; whether anything waits is not told. */
  screen('lost-code', { busy: Type.Boolean(), sent: Type.Boolean(), problem }),
  screen('sign-in', { qr, problem }),
  screen('courier-phone', { busy: Type.Boolean(), problem }),
  screen('courier-code', { phone: textField(32), busy: Type.Boolean(), problem }),
  /** Who works for several carriers says for whom he stands here. */
  screen('courier-carrier', {
    carriers: Type.Array(Type.Object({ carrier: idField('carrier'), name: textField(80) }, closed), {
      minItems: 2,
      maxItems: 16,
    }),
    busy: Type.Boolean(),
    problem,
  }),
  screen('farewell', {
    outcome: Type.Enum(['collected', 'refused', 'disputed', 'stuck', 'delivered', 'nothing']),
    delivered: count,
    takenOut: count,
  }),
] as const

/** A recipient at an opened door. */
const pickupScreens = [
  screen('pickup-door', {
    compartment,
    phase,
    /** It has stood open for a while. */
    reminded: Type.Boolean(),
    /** The parcel goes back inside, for this reason. */
    putBack: Type.Union([complaint, Type.Null()]),
    mayReopen: Type.Boolean(),
    /** Doors within reach for whatever comes. Absent: not to be asked for here. */
    lowDoors: Type.Optional(Type.Enum(['offered', 'asking', 'kept', 'failed'])),
    problem,
  }),
  screen('complaint', { compartment, problem }),
  /** One parcel is settled; the phone may open the next door. */
  screen('pickup-next', { problem }),
] as const

/** Doors whose recipients no message reaches: told while the courier is still there. */
const missed = Type.Array(compartment, { maxItems: 20 })

/** A courier's session. */
const courierScreens = [
  screen('scan', {
    free: freeCounts,
    delivered: count,
    /** How many parcels this courier may take out. */
    recalls: count,
    /** How many doors nobody is sure about and he may look into. */
    doubts: Type.Optional(count),
    /** Doors left behind open after "a bigger door". */
    alsoShut: Type.Array(compartment, { maxItems: 20 }),
    /** The last deposit's door, while it may be undone. */
    undo: Type.Union([compartment, Type.Null()]),
    missed,
    problem,
  }),
  screen('looking', { parcel }),
  screen('size', {
    parcel,
    free: freeCounts,
    /** No door here fits: neighbours that have one, and what became of the question about one of them. */
    elsewhere: Type.Optional(
      Type.Object(
        {
          places: Type.Array(neighbourSchema, { minItems: 1, maxItems: neighboursMax }),
          busy: Type.Boolean(),
          asked: Type.Union([
            Type.Object({ name: textField(80), word: Type.Enum(['asked', 'agreed']) }, closed),
            Type.Null(),
          ]),
        },
        closed,
      ),
    ),
    problem,
  }),
  screen('recipient', { parcel, problem }),
  screen('recipient-check', { parcel, phone: textField(32) }),
  screen('consent', {
    parcel,
    state: Type.Enum(['missing', 'asking', 'waiting', 'declined', 'unreachable']),
    phone: Type.Union([textField(32), Type.Null()]),
    /** Whether the recipient can be asked from here now. */
    canAsk: Type.Boolean(),
  }),
  /** The cabinet is offline: the courier's phone asks, and brings the answer before the scanner. */
  screen('phone-asks', {
    parcel,
    /** `parcel`: nobody here knows it yet. `consent`: the recipient has not agreed. */
    about: Type.Enum(['parcel', 'consent']),
    phone: Type.Union([textField(32), Type.Null()]),
    /** Texts of QR codes, shown in turn. */
    codes: Type.Array(textField(700), { minItems: 1, maxItems: 64 }),
    problem,
  }),
  screen('same-door', { parcel, compartment, open: Type.Boolean() }),
  screen('deposit-door', {
    parcel: Type.Union([parcel, Type.Null()]),
    compartment,
    phase,
    reminded: Type.Boolean(),
    parcels: count,
    /** It is being handed back to the courier. */
    cancelling: Type.Boolean(),
    /** A larger door is free. */
    bigger: Type.Boolean(),
    alsoShut: Type.Array(compartment, { maxItems: 20 }),
    /** The door before this one, which would not open. */
    instead: Type.Union([compartment, Type.Null()]),
    /** A door within reach was asked for: why it is this one. */
    low: Type.Optional(Type.Boolean()),
    /** Another door that fits is free within reach, and this one is not. */
    lower: Type.Optional(Type.Boolean()),
    /** Shut: by what support finds it, as the slip says it. Neither code nor right. */
    reference: Type.Optional(Type.String({ pattern: '^[0-9A-F]{4}-[0-9A-F]{4}$' })),
    /** Shut, and waiting for the pickup code to be made. */
    waiting: Type.Boolean(),
    missed,
    problem,
  }),
  /** The last deposit comes out again; at the shut door the courier says whether it is empty. */
  screen('undo-door', { compartment, phase, reminded: Type.Boolean(), problem }),
  /** The cabinet is offline: the courier's phone takes sealed facts to the cloud. */
  screen('carry', {
    /** Texts of QR codes, shown in turn. */
    codes: Type.Array(textField(700), { minItems: 1, maxItems: 256 }),
    deposits: count,
    /** How many wait behind these. */
    more: count,
    /** Done was touched: this is the last time that they are shown. */
    last: Type.Boolean(),
  }),
  screen('recalls', { doors: Type.Array(compartment, { maxItems: 200 }), takenOut: count, problem }),
  screen('recall-door', { compartment, phase, reminded: Type.Boolean(), left: count, problem }),
  /** Doors in doubt (Custody): one after the other is opened, looked into, and spoken of. */
  screen('looks', { doors: Type.Array(compartment, { maxItems: 200 }), problem }),
  screen('look-door', {
    compartment,
    phase,
    reminded: Type.Boolean(),
    /** By what the cabinet knows a parcel should be there. */
    holds: Type.Boolean(),
    /** A picture came from the courier's phone: the word counts against the sensor (law 16). */
    picture: Type.Boolean(),
    problem,
  }),
] as const

export const screenSchema = Type.Union([...guestScreens, ...pickupScreens, ...courierScreens])
export type Screen = Type.Static<typeof screenSchema>
export type ScreenKind = Screen['kind']
export type ScreenOf<Kind extends ScreenKind> = Extract<Screen, { kind: Kind }>
export type ParcelShown = ScreenOf<'looking'>['parcel']
export type Phase = ScreenOf<'pickup-door'>['phase']
export type FreeCounts = Type.Static<typeof freeCounts>
