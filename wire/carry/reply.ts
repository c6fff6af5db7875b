import type { PrivateKey, PublicKey } from '../seals/keys.ts'
import type { Seals } from '../seals/seals.ts'
import { openMessage, signMessage } from '../cabinet/signed.ts'

/**
 * The cloud's answer to an ask that a courier's phone carried. The key was drawn for this one ask and went to the cloud
 * sealed: the phone between them can read nothing of it, and no other cabinet and no later ask can use it.
 */
export interface ReplyLock {
  readonly key: Uint8Array
  /** The ask's id. */
  readonly ask: string
}

export const replyKeyLength = 32

const utf8 = new TextEncoder()
const bound = (ask: string): Uint8Array => utf8.encode(`holdfast/carried-reply/1\0${ask}`)

/** `body`: the reply order, canonical. Signed as the same order is by MQTT, then locked. */
export function lockReply(
  seals: Seals,
  signer: { readonly keyId: number; readonly key: PrivateKey },
  lock: ReplyLock,
  body: Uint8Array,
): Uint8Array {
  return seals.lock(lock.key, bound(lock.ask), signMessage({ seals, ...signer }, 'order', body))
}

export type ReplyRead =
  | { readonly ok: true; readonly body: Uint8Array }
  /** `reply-stale`: it answers another ask, another cabinet's, or one that is over: which of them cannot be told. */
  | { readonly ok: false; readonly refusal: 'reply-stale' | 'reply-forged' }

export function unlockReply(
  seals: Seals,
  keys: ReadonlyMap<number, PublicKey>,
  lock: ReplyLock,
  bytes: Uint8Array,
): ReplyRead {
  const message = seals.unlock(lock.key, bound(lock.ask), bytes)
  if (message === undefined) return { ok: false, refusal: 'reply-stale' }
  const opened = openMessage(seals, keys, 'order', message)
  return opened.ok ? opened : { ok: false, refusal: 'reply-forged' }
}
