import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { failure } from '../../platform/failure.ts'

/** Every message that a language has to say, and the values that each has to hold. */
export const messageValues = {
  'sign-in-code': ['code', 'minutes'],
  stored: ['cabinet', 'address', 'door', 'code', 'until', 'complaintPhone', 'reference'],
  'due-soon': ['cabinet', 'address', 'door', 'code', 'until', 'complaintPhone'],
  overdue: ['cabinet', 'address', 'door', 'code', 'until', 'complaintPhone'],
  'kept-shorter': ['cabinet', 'address', 'door', 'code', 'until', 'complaintPhone'],
  'please-collect': ['cabinet', 'address', 'door', 'code', 'until', 'complaintPhone'],
  'outage-planned': ['cabinet', 'address', 'from', 'to', 'until', 'complaintPhone'],
  'outage-cancelled': ['cabinet', 'address', 'from', 'until', 'complaintPhone'],
  'consent-asked': ['carrier', 'tail', 'cabinet', 'address', 'hours', 'complaintPhone'],
  'consent-instead': ['carrier', 'tail', 'former', 'cabinet', 'address', 'hours', 'number', 'complaintPhone'],
  'consent-instead-near': [
    'carrier',
    'tail',
    'former',
    'cabinet',
    'address',
    'metres',
    'hours',
    'number',
    'complaintPhone',
  ],
  'which-not-mine': ['list', 'example'],
  'yes-too-late': ['tail', 'cabinet', 'address', 'number', 'complaintPhone'],
  recalled: ['cabinet', 'address', 'complaintPhone'],
  /** Anybody may read a slip: no code and no number stand on it, only what support finds the deposit by. */
  slip: ['cabinet', 'door', 'until', 'reference', 'complaintPhone'],
  /** No phone can ask for the code: whoever calls names the reference, and support makes sure who it is. */
  'slip-by-call': ['cabinet', 'door', 'until', 'reference', 'complaintPhone'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type MessageName = keyof typeof messageValues

/** What a text is answered by words to, a call is answered to by keys: it is said in words of its own. */
export const saidOtherwise = [
  'stored',
  'consent-asked',
  'consent-instead',
  'consent-instead-near',
  'yes-too-late',
] as const satisfies readonly MessageName[]
export const messageNames = Object.keys(messageValues).filter((name): name is MessageName => name in messageValues)

const words = Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1 })
const languageFile = Type.Object(
  {
    /** BCP 47, for dates and for the voice that speaks. */
    tag: Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }),
    /** As its own people call it. */
    name: Type.String({ minLength: 1, maxLength: 40 }),
    keywords: Type.Object({ accept: words, decline: words, notMine: words }),
    messages: Type.Record(
      Type.String(),
      Type.Object({
        subject: Type.String({ maxLength: 80 }),
        text: Type.String({ maxLength: 600 }),
        spoken: Type.Optional(Type.String({ maxLength: 600 })),
      }),
    ),
  },
  { additionalProperties: false },
)
export type Language = Type.Static<typeof languageFile>
export type Languages = ReadonlyMap<string, Language>

/** What a message is said in where its own language has no file. */
export const fallbackLocale = 'en'

export const shippedLanguages = fileURLToPath(new URL('./languages', import.meta.url))

const reader = Compile(languageFile)

/**
 * A translator's file is a language: `<code>.json` in the folder, and nothing else names it. Whatever is missing in
 * one is named, and nothing is sent in half a language.
 */
export function readLanguages(folder: string): Languages {
  const files = readdirSync(folder).filter((name) => /^[a-z]{2,3}\.json$/u.test(name))
  const found = files.sort().map((name): readonly [string, Language] => {
    const read: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    if (!reader.Check(read))
      throw broken(
        name,
        [...reader.Errors(read)].map(({ instancePath }) => instancePath),
      )
    const missing = missingIn(read)
    if (missing.length > 0) throw broken(name, missing)
    return [name.slice(0, -'.json'.length), read]
  })
  if (!found.some(([code]) => code === fallbackLocale)) throw broken(`${fallbackLocale}.json`, ['the file itself'])
  return new Map(found)
}

/** By the names that the translator sees: `messages.stored`, `messages.stored {code}`, or the same in `spoken`. */
export const missingIn = ({ messages }: Language): readonly string[] => [
  ...messageNames.flatMap((name) => lacking(`messages.${name}`, messages[name]?.text, messageValues[name])),
  ...saidOtherwise.flatMap((name) => lacking(`messages.${name}.spoken`, messages[name]?.spoken, messageValues[name])),
]

const lacking = (name: string, text: string | undefined, values: readonly string[]): readonly string[] =>
  text === undefined
    ? [name]
    : values.filter((value) => !text.includes(`{${value}}`)).map((value) => `${name} {${value}}`)

const broken = (file: string, what: readonly string[]) =>
  failure('language-incomplete', `${file} lacks: ${what.join(', ')}`)
