/**
 * Spreads bytes over any number of output bytes: every changed bit changes the result, nothing is hidden.
 * Four 32-bit lanes in the manner of cyrb128; parts are set apart by their lengths. For the stand-in alone.
 */
export function mixBytes(length: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let a = 0x6a09e667
  let b = 0xbb67ae85
  let c = 0x3c6ef372
  let d = 0xa54ff53a
  const take = (value: number): void => {
    a = Math.imul(a ^ value, 0x239b961b) ^ b
    b = Math.imul(b ^ value, 0xab0e9789) ^ c
    c = Math.imul(c ^ value, 0x38b34ae5) ^ d
    d = Math.imul(d ^ value, 0xa1e38b93) ^ (a >>> 15)
  }
  for (const part of parts) {
    take(part.length)
    for (let at = 0; at < part.length; at += 1) take(part[at] ?? 0)
  }
  const out = new Uint8Array(length)
  for (let i = 0; i < length; i += 1) {
    if (i % 4 === 0) for (let round = 0; round < 2; round += 1) take(i)
    out[i] = (finish(a ^ c) >>> (8 * (i % 4))) & 0xff
  }
  return out
}

function finish(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}
