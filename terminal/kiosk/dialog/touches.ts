import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'

/** What a touch answers on the screen it was made on; a call for help answers none. */
export type Answering = Exclude<Touch, { readonly kind: 'emergency' }>

/** Who may say what; from anybody else it is dropped. */
const sayings = {
  guest: [
    'pick-up',
    'deliver',
    'by-phone',
    'lost-code',
    'back',
    'finish',
    'extend',
    'code',
    'phone',
    'message-code',
    'carrier',
  ],
  recipient: ['all-good', 'all-low-doors', 'reopen', 'wrong', 'back', 'complain', 'extend', 'finish'],
  courier: [
    'number',
    'size',
    'recipient',
    'right',
    'again',
    'ask-consent',
    'type-recipient',
    'same-door',
    'elsewhere',
    'damaged',
    'weight-off',
    'bigger',
    'low-door',
    'will-not-shut',
    'cancel',
    'reopen',
    'undo',
    'undo-empty',
    'undo-keep',
    'recalls',
    'recall-next',
    'looks',
    'look-next',
    'look-empty',
    'look-parcel',
    'back',
    'extend',
    'finish',
    'carried',
    'carry-later',
  ],
} as const satisfies Readonly<Record<string, readonly Answering['kind'][]>>

type Sayer = keyof typeof sayings
type WithKind<One, Kind> = One extends { readonly kind: infer Own }
  ? [Own & Kind] extends [never]
    ? never
    : One & { readonly kind: Own & Kind }
  : never
export type TouchOf<Who extends Sayer> = WithKind<Answering, (typeof sayings)[Who][number]>

export const isTouchOf = <Who extends Sayer>(who: Who, touch: Answering): touch is TouchOf<Who> =>
  sayings[who].some((kind) => kind === touch.kind)
