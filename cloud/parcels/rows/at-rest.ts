import { base64FromBytes, bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import type { Ports } from '../../platform/ports.ts'
import type { DepositPlace } from '../parcels.ts'

/** Plain codes of one deposit by generation. */
export type PlainCodes = readonly { readonly generation: number; readonly code: string }[]

type SealPorts = Pick<Ports, 'seals' | 'keys'>

const context = ({ cabinet, deposit }: DepositPlace) => ({ kind: 'codes-at-rest', cabinet, deposit })

/** Codes lie sealed to the cloud's own key: a copy of the database opens no door. */
export async function sealCodes({ seals, keys }: SealPorts, at: DepositPlace, codes: PlainCodes): Promise<string> {
  const plain = new TextEncoder().encode(codes.map(({ generation, code }) => `${generation}:${code}`).join(' '))
  return base64FromBytes(await seals.seal(keys.sealing[0].publicKey, context(at), plain))
}

/** Empty where no key opens it. */
export async function openCodes({ seals, keys }: SealPorts, at: DepositPlace, sealed: string): Promise<PlainCodes> {
  const bytes = bytesFromBase64(sealed)
  for (const { privateKey } of bytes === undefined ? [] : keys.sealing) {
    const plain = bytes === undefined ? undefined : await seals.open(privateKey, context(at), bytes)
    if (plain !== undefined) return readCodes(new TextDecoder().decode(plain))
  }
  return []
}

const readCodes = (text: string): PlainCodes =>
  text.split(' ').flatMap((each) => {
    const [generation, code] = each.split(':')
    return generation === undefined || code === undefined ? [] : [{ generation: Number(generation), code }]
  })
