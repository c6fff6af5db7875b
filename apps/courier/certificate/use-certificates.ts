import { useEffect, useMemo } from 'react'
import type { CertificatesReply } from '@holdfast/wire/http/access.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { openShelf } from '../../kit/kept/shelf.ts'
import { createCertificates, pointText } from './certificates.ts'
import type { Certificates, KeptCertificates, PhoneKey } from './certificates.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
const openOwn = () => openShelf<KeptCertificates<CryptoKey>>('certificates', 'name')

/** Lives with the app; where the browser has no WebCrypto (no secure origin) there are none. */
export function useCertificates(client: Client): Certificates {
  const certificates = useMemo(
    () =>
      createCertificates<CryptoKey>({
        shelf: openOwn(),
        makeKey,
        sign: async (key, bytes) => {
          const signature = await crypto.subtle.sign({ ...algorithm, hash: 'SHA-256' }, key, Uint8Array.from(bytes))
          return new Uint8Array(signature)
        },
        send: (point) => client.send<CertificatesReply>('/v1/courier/certificates', { key: point }),
        now: () => new Date().getTime(),
      }),
    [client],
  )
  useEffect(() => {
    const refresh = (): void => void certificates.refresh()
    refresh()
    addEventListener('online', refresh)
    return () => removeEventListener('online', refresh)
  }, [certificates])
  return certificates
}

/** Not extractable: whoever copies the browser's files has no key. */
async function makeKey(): Promise<PhoneKey<CryptoKey>> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  return { key: privateKey, point: pointText(await crypto.subtle.exportKey('raw', publicKey)) }
}

/** Nobody is signed in on this phone: the next person signs in with nothing of the one before. */
export function useNoCertificates(): void {
  useEffect(() => {
    void openOwn()
      .drop('own')
      .catch(() => undefined)
  }, [])
}
