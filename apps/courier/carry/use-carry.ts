import { useEffect, useMemo } from 'react'
import { shortDigest } from '@holdfast/wire/carry/parts.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { openShelf } from '../../kit/kept/shelf.ts'
import type { CarriedAskReply } from '@holdfast/wire/http/access.ts'
import { createAsker } from './asking.ts'
import type { Asker } from './asking.ts'
import { createCarry } from './carried.ts'
import type { Carried, Carry } from './carried.ts'

/** Lives with the app, so that what was read goes out whatever page is open. */
export function useCarry(client: Client): Carry {
  const carry = useMemo(
    () =>
      createCarry({
        shelf: openShelf<Carried>('carried', 'digest'),
        send: (bytes) => client.send('/v1/courier/carried', { kind: 'facts', bytes }),
        isWhole,
        now: () => new Date().getTime(),
        after,
      }),
    [client],
  )
  useEffect(() => {
    addEventListener('online', carry.retry)
    document.addEventListener('visibilitychange', carry.retry)
    return () => {
      removeEventListener('online', carry.retry)
      document.removeEventListener('visibilitychange', carry.retry)
      carry.stop()
    }
  }, [carry])
  return carry
}

/** As long as the app: the answer comes whatever page is open meanwhile. */
export function useAsker(client: Client): Asker {
  const asker = useMemo(
    () =>
      createAsker({
        send: (bytes, again) => client.send<CarriedAskReply>('/v1/courier/asks', again ? { bytes, again } : { bytes }),
        isWhole,
        after,
      }),
    [client],
  )
  useEffect(() => asker.stop, [asker])
  return asker
}

function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms)
  return () => clearTimeout(timer)
}

/** Where the browser has no WebCrypto (no secure origin) the cloud's own judgement is enough. */
async function isWhole(bytes: Uint8Array, digest: string): Promise<boolean> {
  if (!('subtle' in crypto)) return true
  const hash = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))
  return shortDigest(new Uint8Array(hash)) === digest
}
