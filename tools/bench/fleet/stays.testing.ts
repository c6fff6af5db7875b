import { type CarrierId, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { factsPerStay, type Step, stepsOf } from '@holdfast/simulator/fleet.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { depositSeal } from '@holdfast/wire/journal/private.ts'
import { type PublicKey, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Light } from './lights.testing.ts'

export interface SealedStep extends Step {
  readonly sealed?: { readonly deposit: string; readonly blob: Uint8Array }
}

/** Parcels with a recipient's phone and two codes, sealed as a terminal seals them; each cabinet's doors in turn. */
export function createStays(seals: Seals, carrierText: string) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the figure's own id.
  const carrier = carrierText as CarrierId
  const id = <Kind extends IdKind>(kind: Kind) => makeId(kind, instant(Date.now()), seals.random(10))
  const courier = id('person')
  const sealTo = new Map<string, PublicKey>()
  const uses = new Map<string, number>()
  let parcels = 0
  return {
    factsEach: factsPerStay,
    join: ({ cabinet, sealingKeys }: EnrolReply): void => {
      const key = readPublicKey(sealingKeys[0]?.publicKey ?? '')
      if (key !== undefined) sealTo.set(cabinet, key)
    },
    next: async ({ cabinet, layout: { compartments } }: Pick<Light, 'cabinet' | 'layout'>): Promise<SealedStep[]> => {
      const use = uses.get(cabinet) ?? 0
      uses.set(cabinet, use + 1)
      parcels += 1
      const [key, door] = [sealTo.get(cabinet), compartments[use % compartments.length]]
      if (key === undefined || door === undefined) throw new Error('a cabinet that has not joined')
      const number = `SF${String(parcels).padStart(13, '0')}`
      const digest = parcelDigest(seals, carrier, number)
      const code = `${String(parcels).padStart(8, '0')}0`
      const secret = {
        parcels: [{ digest, carrier, number }],
        codes: [
          { generation: 0, code },
          { generation: 1, code: '987654320' },
        ],
        phone: `+86138${String(parcels).padStart(8, '0')}`,
      }
      const deposit = id('deposit')
      const blob = await seals.seal(key, depositSeal(cabinet, deposit), toCanonical(secret))
      const tag = (generation: number): string => parcelDigest(seals, carrier, `${number} ${generation}`)
      const steps = stepsOf({
        carrier,
        courier,
        deposit,
        digest,
        door: door.id,
        epoch: Math.floor(use / compartments.length) + 1,
        sessions: [id('session'), id('session')],
        tags: [tag(0), tag(1)],
      })
      return steps.map((step) => (step.isSealed === true ? { ...step, sealed: { deposit, blob } } : step))
    },
  }
}
