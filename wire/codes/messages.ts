/** Languages that every refusal and failure speaks. */
export const locales = ['zh', 'en', 'ko'] as const

/** A language that people are written to in: `<code>.json` of a translator makes one. */
export type Locale = string

/** One sentence a person can act on, in each language. */
export type Messages = Readonly<Record<(typeof locales)[number], string>>

/** One row of a table of refusals or failures: the code is its key, `status` its HTTP status where HTTP answers it. */
export interface CodeRow {
  readonly status?: number
  readonly messages: Messages
}

export type CodeTable<Code extends string = string> = Readonly<Record<Code, CodeRow>>

export const say = (en: string, zh: string, ko: string): CodeRow => ({ messages: { zh, en, ko } })
