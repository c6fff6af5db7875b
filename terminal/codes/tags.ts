import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { type CodeKeys, type CodeTag, codeTag, type PickupCode, tailTag } from '@holdfast/wire/seals/codes.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'

export interface TagPair {
  readonly tag: string
  readonly tailTag: string | null
}

/** What journal and state keep of a code, in hex; both slow hashes run beside each other on the pool. */
export async function tagsOf(seals: Seals, keys: CodeKeys, code: PickupCode, tail: string | null): Promise<TagPair> {
  const [tag, withTail] = await Promise.all([
    codeTag(seals, keys, code),
    tail === null ? null : tailTag(seals, keys, { code, lastFour: tail }),
  ])
  return { tag: hexOf(tag), tailTag: withTail === null ? null : hexOf(withTail) }
}

const hexOf = (tag: CodeTag): string => toHex(bytesFromBase64(tag) ?? new Uint8Array())

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
