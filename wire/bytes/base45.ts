const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** RFC 9285: what QR codes hold most densely in their alphanumeric mode. */
export function base45FromBytes(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const first = bytes[i] ?? 0
    const second = bytes[i + 1]
    text += second === undefined ? digits(first, 2) : digits(first * 256 + second, 3)
  }
  return text
}

/** Undefined for a foreign character, an impossible length, or a group too large for its bytes. */
export function bytesFromBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined
  const bytes: number[] = []
  for (let i = 0; i < text.length; i += 3) {
    const group = text.slice(i, i + 3)
    const value = valueOf(group)
    if (value === undefined || value > (group.length === 3 ? 0xffff : 0xff)) return undefined
    if (group.length === 3) bytes.push(value >> 8)
    bytes.push(value & 0xff)
  }
  return Uint8Array.from(bytes)
}

/** Least significant digit first. */
function digits(value: number, count: number): string {
  let text = ''
  for (let rest = value, i = 0; i < count; i += 1, rest = Math.floor(rest / 45)) text += alphabet.charAt(rest % 45)
  return text
}

function valueOf(group: string): number | undefined {
  let value = 0
  for (const character of [...group].reverse()) {
    const digit = alphabet.indexOf(character)
    if (digit < 0) return undefined
    value = value * 45 + digit
  }
  return value
}
