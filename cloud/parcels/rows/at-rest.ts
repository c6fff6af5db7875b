import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Ports, SigningKey } from '../../platform/ports.ts'
import type { DepositPlace } from '../parcels.ts'

/** Plain codes of one deposit by generation. */
export type PlainCodes = readonly { readonly generation: number; readonly code: string }[]

type SealPorts = Pick<Ports, 'seals' | 'keys'>

const utf8 = new TextEncoder()

/**
 * Codes lie locked under a key that only the cloud's newest private key gives: a copy of the database opens no door.
 * Who locks is who opens: sealing to its own public key would cost the cloud twenty times as much.
 */
export function sealCodes({ seals, keys }: SealPorts, at: DepositPlace, codes: PlainCodes): string {
  const plain = utf8.encode(codes.map(({ generation, code }) => `${generation}:${code}`).join(' '))
  return base64FromBytes(seals.lock(lockKeyOf(seals, keys.sealing[0]), boundTo(at), plain))
}

/** Empty where no key opens it. */
export async function openCodes({ seals, keys }: SealPorts, at: DepositPlace, sealed: string): Promise<PlainCodes> {
  const bytes = bytesFromBase64(sealed)
  if (bytes === undefined) return []
  for (const key of keys.sealing) {
    const plain = seals.unlock(lockKeyOf(seals, key), boundTo(at), bytes)
    if (plain !== undefined) return readCodes(new TextDecoder().decode(plain))
  }
  return await openSealed({ seals, keys }, at, bytes)
}

/** What was sealed to the public key, as codes were before they were locked. */
async function openSealed({ seals, keys }: SealPorts, at: DepositPlace, bytes: Uint8Array): Promise<PlainCodes> {
  for (const { privateKey } of keys.sealing) {
    const plain = await seals.open(privateKey, { kind: 'codes-at-rest', ...at }, bytes)
    if (plain !== undefined) return readCodes(new TextDecoder().decode(plain))
  }
  return []
}

const lockKeyOf = (seals: Seals, { privateKey }: SigningKey): Uint8Array =>
  seals.hmac(utf8.encode(privateKey), utf8.encode('holdfast/codes-at-rest/2'))

const boundTo = ({ cabinet, deposit }: DepositPlace): Uint8Array => utf8.encode(`${cabinet} ${deposit}`)

const readCodes = (text: string): PlainCodes =>
  text.split(' ').flatMap((each) => {
    const [generation, code] = each.split(':')
    return generation === undefined || code === undefined ? [] : [{ generation: Number(generation), code }]
  })
