import type { ParcelId } from '@holdfast/core/values/ids.ts'
import type { Outcome } from '../../parcels.ts'
import type { ParcelsPorts } from '../../ports.ts'
import { openCodes } from '../../rows/at-rest.ts'
import { saveChanges } from '../../rows/changes.ts'
import { lockDeposits, readDeposits } from '../../rows/deposits.postgres.ts'
import { lockById, readById, readByDeposits } from '../../rows/parcels.postgres.ts'
import { remark } from '../../rows/record.ts'
import { isTooOften } from './resend.ts'

const notWaiting = { ok: false, refusal: 'code-not-waiting' } as const
const refused = { ok: false, refusal: 'code-renewal-refused' } as const
const tooOften = { ok: false, refusal: 'code-told-too-often' } as const
/** Drawn with the first at the deposit and told to nobody, for the day that the cabinet cannot be reached. */
const spare = 1

/**
 * A new code for the owner of the phone. The cabinet draws it, and it comes back as a fact; from a cabinet that
 * is offline the spare is told, once (laws, Access).
 */
export function createNewCode(ports: ParcelsPorts) {
  return async (phone: string, parcel: ParcelId): Promise<Outcome<undefined>> => {
    const record = await readById(ports.db.query, parcel)
    const storage = record?.custody.storage ?? null
    if (record === undefined || record.phone !== phone) return { ok: false, refusal: 'parcel-unknown' }
    if (storage === null || !['stored', 'overdue'].includes(record.custody.state)) return notWaiting
    const { cabinet, deposit } = storage
    const [behind] = await readDeposits(ports.db.query, [storage])
    // A frozen code is not followed by another before the phone is right.
    if ((behind?.disownedAt ?? null) !== null) return notWaiting
    const now = ports.clock.now()
    if (await isTooOften(ports.db.query, { parcel: record, type: 'code-renewed', now })) return tooOften
    const renewed = await ports.cabinets.renew({ cabinet, deposit, reason: 'recipient-asked' })
    if (renewed.ok) return { ok: true, value: undefined }
    return renewed.refusal === 'cabinet-offline' ? await tellSpare(ports, { cabinet, deposit }) : refused
  }
}

async function tellSpare(ports: ParcelsPorts, at: Parameters<typeof openCodes>[1]): Promise<Outcome<undefined>> {
  return await ports.db.transaction(async (tx): Promise<Outcome<undefined>> => {
    const now = ports.clock.now()
    const [deposit] = await lockDeposits(tx, [at])
    if (deposit === undefined || deposit.codes === null) return notWaiting
    const codes = await openCodes(ports, at, deposit.codes)
    if (deposit.generation >= spare || codes.every(({ generation }) => generation !== spare)) return refused
    const { operator, label } = deposit
    const steps = []
    for (const { id } of await readByDeposits(tx.query, [at])) {
      const parcel = await lockById(tx, id)
      if (parcel !== undefined) steps.push(remark(parcel, 'code-renewed', now, { operator, label, generation: spare }))
    }
    await saveChanges(ports.outbox, tx, {
      parcels: steps.map(({ record }) => record),
      news: steps.flatMap(({ news }) => news),
      deposits: [{ ...deposit, generation: spare }],
    })
    return { ok: true, value: undefined }
  })
}
