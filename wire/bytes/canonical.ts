/** Why bytes or a value have no canonical form here. */
export type CanonicalFault =
  | 'canonical-not-integer'
  | 'canonical-not-json'
  | 'canonical-lone-surrogate'
  | 'canonical-too-deep'
  | 'canonical-not-canonical'

export type CanonicalRead =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: CanonicalFault }

/** Nothing Holdfast sends is nested deeper; bounds the stack against hostile bytes. */
const deepest = 64
const loneSurrogate = /\p{Surrogate}/u
const plainText = /^[ !#-[\]-~]*$/
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** RFC 8785 bytes of a value made of null, booleans, safe integers, strings, arrays and plain objects. Throws otherwise. */
export const toCanonical = (value: unknown): Uint8Array => encoder.encode(canonicalText(value))

export const canonicalText = (value: unknown): string => write(value, 0)

/** Accepts exactly what `toCanonical` makes: other spacing, key order, escapes, floats or doubled keys are refused. */
export function parseCanonical(bytes: Uint8Array): CanonicalRead {
  try {
    const text = decoder.decode(bytes)
    const value: unknown = JSON.parse(text)
    return canonicalText(value) === text ? { ok: true, value } : { ok: false, refusal: 'canonical-not-canonical' }
  } catch (error) {
    return { ok: false, refusal: isCanonicalError(error) ? error.code : 'canonical-not-json' }
  }
}

function write(value: unknown, depth: number): string {
  if (typeof value === 'string') return writeString(value)
  if (typeof value === 'number') return writeInteger(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object') throw fault('canonical-not-json')
  if (depth >= deepest) throw fault('canonical-too-deep')
  return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1)
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '['
  for (let i = 0; i < items.length; i += 1) text += (i === 0 ? '' : ',') + write(items[i], depth)
  return `${text}]`
}

/** Keys in the order of their UTF-16 code units, which is how `sort` compares; what was read stands in it already. */
function writeObject(value: object, depth: number): string {
  if (!isPlain(value)) throw fault('canonical-not-json')
  const keys = Object.keys(value)
  if (!isSorted(keys)) keys.sort()
  let text = ''
  for (const key of keys) text += `${text === '' ? '' : ','}${writeString(key)}:${write(value[key], depth)}`
  return `{${text}}`
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function isSorted(keys: readonly string[]): boolean {
  let before = ''
  for (const key of keys) {
    if (key < before) return false
    before = key
  }
  return true
}

function writeString(text: string): string {
  if (plainText.test(text)) return `"${text}"`
  if (loneSurrogate.test(text)) throw fault('canonical-lone-surrogate')
  return JSON.stringify(text)
}

function writeInteger(value: number): string {
  if (!Number.isSafeInteger(value)) throw fault('canonical-not-integer')
  return value === 0 ? '0' : String(value)
}

type CanonicalError = TypeError & { readonly code: CanonicalFault }

const fault = (code: CanonicalFault): CanonicalError => Object.assign(new TypeError(code), { code })

const isCanonicalError = (error: unknown): error is CanonicalError =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('canonical-')
