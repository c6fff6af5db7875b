import { useEffect, useMemo } from 'react'
import { shortDigest } from '@holdfast/wire/carry/parts.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { openShelf } from '../../kit/kept/shelf.ts'
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
        after: (ms, then) => {
          const timer = setTimeout(then, ms)
          return () => clearTimeout(timer)
        },
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

/** Where the browser has no WebCrypto (no secure origin) the cloud's own judgement is enough. */
async function isWhole(bytes: Uint8Array, digest: string): Promise<boolean> {
  if (!('subtle' in crypto)) return true
  const hash = await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))
  return shortDigest(new Uint8Array(hash)) === digest
}
