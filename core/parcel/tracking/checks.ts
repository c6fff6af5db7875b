/** Says whether `digit` is the check digit of `body`; both upper case, without spaces. */
export type Check = (body: string, digit: string) => boolean

/** Weights are dealt from the left, over and over; the check digit brings the sum to a multiple of ten. */
export const mod10 =
  (...weights: readonly number[]): Check =>
  (body, digit) => {
    let sum = 0
    for (let i = 0; i < body.length; i += 1) sum += valueInMod10(body.charAt(i)) * (weights[i % weights.length] ?? 1)
    return String((10 - (sum % 10)) % 10) === digit
  }

/** GS1 General Specifications 7.9: weights 3, 1, 3 … from the right. Used by SSCC, USPS, Canada Post, FedEx Ground. */
export const gs1: Check = (body, digit) => gs1Digit(body) === digit

export function gs1Digit(body: string): string {
  let sum = 0
  for (let i = 0; i < body.length; i += 1) sum += Number(body.charAt(body.length - 1 - i)) * (i % 2 === 0 ? 3 : 1)
  return String((10 - (sum % 10)) % 10)
}

/** ISO/IEC 7812-1. */
export const luhn: Check = (body, digit) => {
  let sum = 0
  for (let i = 0; i < body.length; i += 1) {
    const doubled = Number(body.charAt(body.length - 1 - i)) * (i % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return String((10 - (sum % 10)) % 10) === digit
}

/** The number's remainder by seven. Bodies here have ten digits at most, so the number is exact. */
export const mod7: Check = (body, digit) => String(Number(body) % 7) === digit

/** FedEx: weighted sum, first modulo 11, then modulo 10. */
export const mod11Then10 =
  (...weights: readonly number[]): Check =>
  (body, digit) =>
    String((weightedSum(body, weights) % 11) % 10) === digit

/** UPU S10: 11 less the remainder, where 10 becomes 0 and 11 becomes 5. */
export const s10Check: Check = (body, digit) => {
  const left = 11 - (weightedSum(body, [8, 6, 4, 2, 3, 5, 9, 7]) % 11)
  return String(left === 10 ? 0 : left === 11 ? 5 : left) === digit
}

const alphabet36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** ISO/IEC 7064 MOD 37,36 as DPD's parcel label specification 2.4.1 applies it. */
export const mod37And36: Check = (body, digit) => {
  let rest = 36
  for (const character of body) {
    rest += alphabet36.indexOf(character)
    if (rest > 36) rest -= 36
    rest *= 2
    if (rest > 36) rest -= 37
  }
  return alphabet36.charAt((37 - rest) % 36) === digit
}

/** The same check over a body that the label prints without its first characters. */
export const withPrefix =
  (prefix: string, check: Check): Check =>
  (body, digit) =>
    check(body.startsWith(prefix) ? body : prefix + body, digit)

function weightedSum(body: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + Number(body.charAt(i)) * weight, 0)
}

/** UPS and OnTrac count letters from A = 2, dropping tens. */
function valueInMod10(character: string): number {
  return character >= 'A' ? (character.charCodeAt(0) - 3) % 10 : Number(character)
}
