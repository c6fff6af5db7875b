import type { CabinetId } from '@holdfast/core/values/ids.ts'
import type { GrantReply } from '@holdfast/wire/http/access.ts'
import { type Grant, grantText, signGrant } from '@holdfast/wire/seals/grant.ts'
import type { AccessPorts } from './access.ts'

type Unsigned<G extends Grant = Grant> = G extends Grant ? Omit<G, 'keyId' | 'nonce' | 'number'> : never

/** The kiosk's challenge as it came over HTTP or in an ask: hex nonce, two digits. */
export type Challenge = { readonly nonce: string; readonly number: string }

/** Signed with the cloud's key in use; the cabinet burns the nonce at the first answer, right or wrong (law 6). */
export function writeGrant({ seals, keys }: AccessPorts, grant: Unsigned, { nonce, number }: Challenge): string {
  const { keyId, privateKey } = keys.signing[0]
  const bytes = Uint8Array.from(nonce.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16))
  return grantText(signGrant(seals, privateKey, { ...grant, keyId, nonce: bytes, number: Number(number) }))
}

/** To the cabinet where it can be reached; the phone can always show the same text to the scanner. */
export async function handOver(
  { cabinets }: AccessPorts,
  cabinet: CabinetId,
  given: { readonly grant: string; readonly door: GrantReply['door'] },
): Promise<GrantReply> {
  const sent =
    (await cabinets.isOnline(cabinet)) && (await cabinets.tell(cabinet, { kind: 'grant', grant: given.grant }))
  return { ...given, sent }
}
