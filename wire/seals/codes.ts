import type { Brand } from '@holdfast/core/values/brand.ts'
import { base64FromBytes } from '../bytes/base64.ts'
import { dammDigit, dammHolds } from '../bytes/damm.ts'
import type { Seals } from './seals.ts'

/** Nine digits: eight random, the last the Damm check digit. Plain only between the draw and the sealing. */
export type PickupCode = Brand<string, 'PickupCode'>

/** What a cabinet keeps of a code: base64url of HMAC(cabinet key, scrypt(code, cabinet salt)). */
export type CodeTag = Brand<string, 'CodeTag'>

/** A cabinet's own; with another key or salt every tag is another. */
export interface CodeKeys {
  readonly key: Uint8Array
  readonly salt: Uint8Array
  /** scrypt's N (laws: 2^15 by default); lower only in tests. */
  readonly cost: number
}

export const defaultCodeCost = 2 ** 15

export type TypedCode =
  | { readonly kind: 'code'; readonly code: PickupCode }
  /** Nine digits whose check digit is wrong: told at once, no attempt spent. */
  | { readonly kind: 'slip' }
  /** Not nine digits. */
  | { readonly kind: 'incomplete' }

const randomDigits = 8
/** safety.md §3: a typo of one or two digits, or a neighbour swap, then never leads to a code of the same draw. */
const leastDifference = 3
const codeSpace = 10 ** randomDigits
/** Above the largest multiple of the code space that 32 bits hold, a draw would favour low codes. */
const unbiasedBelow = Math.floor(2 ** 32 / codeSpace) * codeSpace

/** Generations of one deposit, far enough from each other. `random` gives that many random bytes. */
export function drawCodes(random: (length: number) => Uint8Array, count: number): readonly PickupCode[] {
  const codes: PickupCode[] = []
  while (codes.length < count) {
    const code = drawCode(random)
    if (codes.every((other) => differs(code, other))) codes.push(code)
  }
  return codes
}

/** Law 7 and the used ring: a new tag is neither alive nor among the last 10,000 used. */
export function isAcceptable(tag: CodeTag, live: ReadonlySet<CodeTag>, used: ReadonlySet<CodeTag>): boolean {
  return !live.has(tag) && !used.has(tag)
}

/** Shown 3-3-3. */
export const formatCode = (code: PickupCode): string => code.replace(/^(.{3})(.{3})(.{3})$/, '$1 $2 $3')

/** Takes what people type and paste: spaces, any dash, dots, full-width digits. */
export function readTypedCode(text: string): TypedCode {
  const digits = text.normalize('NFKC').replaceAll(/[\s\p{Pd}.\u2212]/gu, '')
  if (!/^[0-9]{9}$/.test(digits)) return { kind: 'incomplete' }
  return dammHolds(digits) ? { kind: 'code', code: digits as PickupCode } : { kind: 'slip' }
}

export const codeTag = (seals: Seals, keys: CodeKeys, code: PickupCode): Promise<CodeTag> => tagOf(seals, keys, code)

/** The step-up's tag: the code with the last four digits of the recipient's phone. */
export const tailTag = (
  seals: Seals,
  keys: CodeKeys,
  typed: { readonly code: PickupCode; readonly lastFour: string },
): Promise<CodeTag> => tagOf(seals, keys, `${typed.code}/${typed.lastFour}`)

async function tagOf(seals: Seals, keys: CodeKeys, secret: string): Promise<CodeTag> {
  const slow = await seals.slowHash(new TextEncoder().encode(secret), keys.salt, keys.cost)
  return base64FromBytes(seals.hmac(keys.key, slow)) as CodeTag
}

function drawCode(random: (length: number) => Uint8Array): PickupCode {
  for (;;) {
    const bytes = random(4)
    const drawn = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
    if (drawn >= unbiasedBelow) continue
    const digits = String(drawn % codeSpace).padStart(randomDigits, '0')
    return `${digits}${dammDigit(digits)}` as PickupCode
  }
}

function differs(left: PickupCode, right: PickupCode): boolean {
  let difference = 0
  for (let i = 0; i < randomDigits; i += 1) if (left.charAt(i) !== right.charAt(i)) difference += 1
  return difference >= leastDifference
}
