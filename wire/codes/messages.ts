/** Languages that every refusal and failure speaks. */
export const locales = ['zh', 'en', 'ko'] as const
export type Locale = (typeof locales)[number]

/** One sentence a person can act on, in each language. */
export type Messages = Readonly<Record<Locale, string>>

/** One row of a table of refusals or failures: the code is its key, `status` its HTTP status where HTTP answers it. */
export interface CodeRow {
  readonly status?: number
  readonly messages: Messages
}

export type CodeTable<Code extends string = string> = Readonly<Record<Code, CodeRow>>

export const say = (en: string, zh: string, ko: string): CodeRow => ({ messages: { zh, en, ko } })
