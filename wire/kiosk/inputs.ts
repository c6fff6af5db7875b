import Type, { type TLiteral, type TObject, type TProperties } from 'typebox'
import { closed, idField, sizeField } from '../journal/fields.ts'

const base = { v: Type.Literal(1), message: Type.Literal('kiosk-input'), n: Type.Integer({ minimum: 0 }) }

const input = <const Kind extends string, Fields extends TProperties>(
  kind: Kind,
  fields: Fields,
): TObject<typeof base & { kind: TLiteral<Kind> } & Fields> =>
  Type.Object({ ...base, kind: Type.Literal(kind), ...fields }, closed)

const digits = (length: number): string => `^[0-9]{${length}}$`
/** As it was typed; the terminal reads it. */
const typed = Type.String({ minLength: 1, maxLength: 64 })

/** Buttons that say all by themselves. */
const touches = Type.Object(
  {
    ...base,
    kind: Type.Enum([
      'pick-up',
      'deliver',
      'back',
      'finish',
      'extend',
      'all-good',
      'reopen',
      'wrong',
      'by-phone',
      'lost-code',
      'again',
      'right',
      'ask-consent',
      'type-recipient',
      'bigger',
      'low-door',
      'all-low-doors',
      'will-not-shut',
      'cancel',
      'damaged',
      'weight-off',
      'recalls',
      'recall-next',
      'looks',
      'look-next',
      'look-empty',
      'look-parcel',
      'undo',
      'undo-empty',
      'undo-keep',
      'carried',
      'carry-later',
    ]),
  },
  closed,
)

/** What a person did, and on which screen. The terminal answers with the next `kiosk-show`. */
export const inputSchema = Type.Union([
  touches,
  input('code', {
    code: Type.String({ pattern: digits(9) }),
    tail: Type.Optional(Type.String({ pattern: digits(4) })),
  }),
  /** One touch on every screen; taken whatever screen it answers (law 17). */
  input('emergency', { what: Type.Enum(['shut-in', 'help']) }),
  input('complain', { what: Type.Enum(['stuck', 'empty', 'wrong-parcel', 'damaged', 'not-wanted']) }),
  input('phone', { phone: typed }),
  input('message-code', { code: Type.String({ pattern: digits(6) }) }),
  input('carrier', { carrier: idField('carrier') }),
  input('number', { text: typed }),
  input('size', { size: sizeField }),
  input('recipient', { phone: typed }),
  /** The recipient is to be asked about this one. */
  input('elsewhere', { cabinet: idField('cabinet') }),
  input('same-door', { same: Type.Boolean() }),
])
export type KioskInput = Type.Static<typeof inputSchema>
type Unnumbered<Input> = Input extends KioskInput ? Omit<Input, 'v' | 'message' | 'n'> : never
/** An input before it is put in its envelope. */
export type Touch = Unnumbered<KioskInput>
