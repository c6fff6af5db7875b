import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import Type, { type Static } from 'typebox'
import { openShelf } from '../plan/shelf.ts'

const certificateSchema = Type.Object({ cert: Type.String(), private: Type.String() })
export type Certificate = Static<typeof certificateSchema>

/** Phones that accepted it once need not do so at each start: it lasts, and is kept. */
const lastsDays = 365
const renewedBeforeMs = 7 * 86_400_000
const dayMs = 86_400_000

/** For these addresses; made anew where the kept one names others, or ends soon. */
export async function certificateFor(
  folder: string,
  addresses: readonly string[],
  now = new Date(),
): Promise<Certificate> {
  const shelf = openShelf(join(folder, 'lan.json'), certificateSchema)
  const kept = shelf.read()
  if (kept !== undefined && isGoodFor(kept, addresses, now)) return kept
  const made = await generate([{ name: 'commonName', value: 'Holdfast town' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: now,
    notAfterDate: new Date(now.getTime() + lastsDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: addresses.map((ip) => ({ type: 7 as const, ip })) },
    ],
  })
  const certificate = { cert: made.cert, private: made.private }
  shelf.write(certificate)
  return certificate
}

function isGoodFor({ cert }: Certificate, addresses: readonly string[], now: Date): boolean {
  const read = new X509Certificate(cert)
  const lasts = new Date(read.validTo).getTime() - now.getTime() > renewedBeforeMs
  return lasts && addresses.every((address) => read.checkIP(address) !== undefined)
}
