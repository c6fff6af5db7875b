/** H. M. Damm's totally anti-symmetric quasigroup of order 10: row is the interim digit, column the next one. */
const table = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

/** The digit that makes `dammHolds(digits + digit)` true. Catches every single wrong digit and every neighbour swap. */
export function dammDigit(digits: string): string {
  let interim = '0'
  for (const digit of digits) interim = table[Number(interim)]?.charAt(Number(digit)) ?? ''
  return interim
}

/** Digits with their check digit at the end. */
export const dammHolds = (digits: string): boolean => /^[0-9]+$/.test(digits) && dammDigit(digits) === '0'
