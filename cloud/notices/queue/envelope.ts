import { idFromBytes, idToBytes } from '@holdfast/core/values/ids.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { MessageId } from '../notices.ts'
import type { Words } from '../templates/words.ts'

/** What stands locked in a row: for whom, and the words as they were when it was queued. */
export type Envelope = {
  readonly idOf: (key: string, channel: string) => MessageId
  readonly lockAddress: (message: MessageId, address: string) => Uint8Array
  readonly lockWords: (message: MessageId, words: Words) => Uint8Array
  /** Throws where the key at rest is not the one that locked it. */
  readonly open: (
    message: MessageId,
    row: { readonly address: Uint8Array; readonly words: Uint8Array },
  ) => Words & { readonly to: string }
}

const utf8 = new TextEncoder()
const text = new TextDecoder()

export function createEnvelope(seals: Seals, atRest: Uint8Array): Envelope {
  const key = seals.hmac(atRest, utf8.encode('notices/message/1'))
  const lock = (message: MessageId, plain: string): Uint8Array =>
    seals.lock(key, idToBytes(message), utf8.encode(plain))
  const unlock = (message: MessageId, locked: Uint8Array): string => {
    const plain = seals.unlock(key, idToBytes(message), locked)
    if (plain === undefined) throw new Error('a message does not open with the key at rest')
    return text.decode(plain)
  }
  return {
    idOf: (name, channel) => idFromBytes('message', seals.hash(utf8.encode(`${channel} ${name}`)).subarray(0, 16)),
    lockAddress: lock,
    // Two lines: a subject has no line break.
    lockWords: (message, words) => lock(message, `${words.subject}\n${words.text}`),
    open: (message, { address, words }) => {
      const both = unlock(message, words)
      const end = both.indexOf('\n')
      return { to: unlock(message, address), subject: both.slice(0, end), text: both.slice(end + 1) }
    },
  }
}
