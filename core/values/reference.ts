import { type Id, type IdKind, idToUuid } from './ids.ts'

/** Hex digits at the end of an id: enough to find one deposit among an operator's, and good for nothing else. */
export const referenceLength = 8

/** What may stand on a slip for anybody to read, and be read out on the telephone: '3F2A-91BC'. No code, no right. */
export function referenceOf(id: Id<IdKind>): string {
  const end = idToUuid(id).slice(-referenceLength).toUpperCase()
  return `${end.slice(0, 4)}-${end.slice(4)}`
}

/** As a uuid ends. However people write it: small letters, without the dash, O for 0, I and L for 1. */
export function readReference(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s–—-]/gu, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/gu, '1')
  return /^[0-9a-f]{8}$/u.test(plain) ? plain : undefined
}
