import { cabinetCodes } from '@holdfast/wire/codes/cabinet.ts'
import type { CodeTable } from '@holdfast/wire/codes/messages.ts'
import { kioskCodes } from '@holdfast/wire/kiosk/codes.ts'

const table: CodeTable = { ...cabinetCodes, ...kioskCodes }

/** What happened and what to do now, by the refusal's code; a grant's own refusals share one text. */
export function problemWords(code: string, locale: string): string {
  const row = table[code.startsWith('grant-') ? 'grant-refused' : code] ?? table['cloud-silent']
  const messages: Readonly<Record<string, string>> = row?.messages ?? {}
  return messages[locale] ?? messages['en'] ?? code
}
