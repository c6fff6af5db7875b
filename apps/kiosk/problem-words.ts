import { cabinetCodes } from '@holdfast/wire/codes/cabinet.ts'
import type { CodeTable, Locale } from '@holdfast/wire/codes/messages.ts'
import { kioskCodes } from '@holdfast/wire/kiosk/codes.ts'

const table: CodeTable = { ...cabinetCodes, ...kioskCodes }

const localeOf = (text: string): Locale => (text === 'zh' || text === 'ko' ? text : 'en')

/** What happened and what to do now, by the refusal's code; a grant's own refusals share one text. */
export function problemWords(code: string, locale: string): string {
  const row = table[code.startsWith('grant-') ? 'grant-refused' : code] ?? table['cloud-silent']
  return row?.messages[localeOf(locale)] ?? code
}
