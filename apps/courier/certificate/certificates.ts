import { readId } from '@holdfast/core/values/ids.ts'
import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { CertificatesReply } from '@holdfast/wire/http/access.ts'
import { answerBytes, certificateText } from '@holdfast/wire/seals/certificate.ts'
import type { Answer } from '../../kit/cloud/client.ts'
import type { Shelf } from '../../kit/kept/shelf.ts'
import type { KioskCode } from '../../kit/phone/at-kiosk/kiosk-code.ts'

export type CourierCertificate = CertificatesReply['certificates'][number]

/** A key that this browser keeps and never gives out. */
export interface PhoneKey<Key> {
  readonly key: Key
  /** The public point as WebCrypto's `raw`, base64url. */
  readonly point: string
}

export interface KeptCertificates<Key> extends PhoneKey<Key> {
  readonly name: 'own'
  readonly certificates: readonly CourierCertificate[]
}

export interface CertificatePorts<Key> {
  readonly shelf: Shelf<KeptCertificates<Key>>
  readonly makeKey: () => Promise<PhoneKey<Key>>
  readonly sign: (key: Key, bytes: Uint8Array) => Promise<Uint8Array>
  readonly send: (point: string) => Promise<Answer<CertificatesReply>>
  readonly now: () => number
}

export interface Certificates {
  readonly list: () => readonly CourierCertificate[]
  readonly subscribe: (told: () => void) => () => void
  /** Where there is a network: new ones long before the old ones end. */
  readonly refresh: () => Promise<void>
  /** The code for the cabinet's scanner; undefined where nothing signs for this carrier here. */
  readonly answer: (at: KioskCode, number: string, carrier: string) => Promise<string | undefined>
}

/** Asked for again when less is left: the rest of a day is enough for the night and the way to work. */
export const renewBelowMs = 20 * 3_600_000

/** Sign-in where neither phone nor cabinet has a network, on what the cloud said of this phone's key while it had one. */
export function createCertificates<Key>(ports: CertificatePorts<Key>): Certificates {
  const listeners = new Set<() => void>()
  let kept: KeptCertificates<Key> | undefined
  let listed: readonly CourierCertificate[] = []
  let refreshing: Promise<void> | undefined
  const take = (row: KeptCertificates<Key> | undefined): void => {
    kept = row
    listed = (row?.certificates ?? []).filter(({ until }) => until > ports.now())
    for (const told of listeners) told()
  }
  const refresh = async (): Promise<void> => {
    take(kept ?? (await ports.shelf.read().catch(() => []))[0])
    const isFresh = listed.length > 0 && listed.every(({ until }) => until - ports.now() > renewBelowMs)
    if (isFresh) return
    const own = kept ?? (await ports.makeKey())
    const answer = await ports.send(own.point)
    if (!answer.ok) return
    const row: KeptCertificates<Key> = { ...own, name: 'own', certificates: answer.value.certificates }
    // A browser that keeps nothing still signs in for as long as the page lives.
    await ports.shelf.put(row).catch(() => undefined)
    take(row)
  }
  return {
    list: () => listed,
    subscribe: (told) => {
      listeners.add(told)
      return () => void listeners.delete(told)
    },
    refresh: async () => {
      refreshing ??= refresh()
        .catch(() => undefined)
        .finally(() => {
          refreshing = undefined
        })
      await refreshing
    },
    answer: async ({ cabinet: named, nonce: hex }, typed, carrier) => {
      const found = listed.find((one) => one.carrier === carrier)
      const certificate = found === undefined ? undefined : bytesFromBase64(found.certificate)
      const cabinet = readId('cabinet', named)
      if (kept === undefined || certificate === undefined || cabinet === undefined) return undefined
      const nonce = Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16))
      const at = { cabinet, nonce, number: Number(typed) }
      return certificateText(certificate, at, await ports.sign(kept.key, answerBytes(certificate, at)))
    },
  }
}

export const pointText = (raw: ArrayBuffer): string => base64FromBytes(new Uint8Array(raw))
