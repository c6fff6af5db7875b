import { gs1, gs1Digit } from './checks.ts'

/** FNC1 between GS1 elements: scanners send the control character GS, here it is made visible. */
export const separator = '␝'

/**
 * Scanners may put `]`, a letter and a modifier before the data (ISO/IEC 15424), and end it with CR or LF. The four
 * prefixes of GS1 symbologies become the FNC1 that they stand for.
 */
export function stripSymbology(text: string): string {
  const data = text.replaceAll(/^\p{Cc}+|\p{Cc}+$/gu, '').replaceAll('\u001d', separator)
  return data.replace(/^\](?:C1|d2|Q3|e0)/u, separator).replace(/^\][A-Za-z][0-9A-Za-z]/u, '')
}

/**
 * The SSCC inside a GS1 wrapping, with its application identifier: '00' and 18 digits. Reads a GS1-128 element string
 * (`(00)…`, or `00…` with more after a separator), a Digital Link and the EPC URI. Undefined where there is none.
 */
export function unwrapSscc(text: string): string | undefined {
  const number = fromDigitalLink(text) ?? fromEpcUri(text) ?? fromElementString(text)
  return number === undefined ? undefined : `00${number}`
}

function fromDigitalLink(text: string): string | undefined {
  const path = /^https?:\/\/[^/?#]+(?<path>\/[^?#]*)/iu.exec(text)?.groups?.path
  if (path === undefined) return undefined
  return /\/00\/(?<number>\d{18})(?:\/|$)/u.exec(decodePercent(path))?.groups?.number
}

/** `urn:epc:id:sscc:<company prefix>.<extension digit and serial>`: 17 digits together, the check digit left out. */
function fromEpcUri(text: string): string | undefined {
  const parts = /^urn:epc:id:sscc:(?<company>\d{6,12})\.(?<extension>\d)(?<serial>\d{4,10})$/iu.exec(text)?.groups
  const body = `${parts?.extension ?? ''}${parts?.company ?? ''}${parts?.serial ?? ''}`
  return body.length === 17 ? body + gs1Digit(body) : undefined
}

function fromElementString(text: string): string | undefined {
  const dense = text.replaceAll(/[ -]/gu, '')
  return (
    /^\(00\)(?<number>\d{18})(?:\(|␝|$)/u.exec(dense)?.groups?.number ??
    /^␝00(?<number>\d{18})/u.exec(dense)?.groups?.number ??
    /^00(?<number>\d{18})␝/u.exec(dense)?.groups?.number ??
    fromBareDigits(dense)
  )
}

/** 20 digits without any wrapping: only the check digit tells that 00 is the application identifier. */
function fromBareDigits(dense: string): string | undefined {
  const { body = '', check = '' } = /^00(?<body>\d{17})(?<check>\d)$/u.exec(dense)?.groups ?? {}
  return body !== '' && gs1(body, check) ? body + check : undefined
}

function decodePercent(path: string): string {
  return path.replaceAll(/%(?<hex>[0-7][0-9a-f])/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
