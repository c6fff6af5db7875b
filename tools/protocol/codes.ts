import { cloudCodes } from '@holdfast/cloud/codes.ts'
import { bytesCodes } from '@holdfast/wire/codes/bytes.ts'
import { cabinetCodes } from '@holdfast/wire/codes/cabinet.ts'
import { failureCodes } from '@holdfast/wire/codes/failures.ts'
import type { CodeRow, CodeTable } from '@holdfast/wire/codes/messages.ts'
import { kioskCodes } from '@holdfast/wire/kiosk/codes.ts'

/** Every table of refusals and failures, by the part that speaks. A code that two parts use means one thing. */
export const codeTables: Readonly<Record<string, CodeTable>> = {
  'At the cabinet': cabinetCodes,
  'On the touchscreen': kioskCodes,
  ...cloudCodes,
  'Bytes from outside': bytesCodes,
  'Failures of a program': failureCodes,
}

const head = `# Codes

Every refusal and every failure has a stable code. The code is for programs and for support; people read the message.
This page is made by \`npm run docs\` from the tables in the code; \`npm run check\` fails where the two disagree.
`

export function codesPage(): string {
  const sections = Object.entries(codeTables).map(([title, table]) => `## ${title}\n\n${tableOf(table)}`)
  return `${head}\n${sections.join('\n\n')}\n`
}

function tableOf(table: CodeTable): string {
  const rows = Object.entries(table)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, row]) => rowOf(code, row))
  return ['| code | HTTP | English | 中文 | 한국어 |', '|---|---|---|---|---|', ...rows].join('\n')
}

const rowOf = (code: string, { status, messages }: CodeRow): string =>
  `| \`${code}\` | ${status ?? ''} | ${messages.en} | ${messages.zh} | ${messages.ko} |`
