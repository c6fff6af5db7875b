import { idToUuid } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { chainStart } from '@holdfast/wire/seals/chain.ts'
import type { CloudSide, Copied } from '../../cloud/side.ts'
import type { Identity } from '../../street.ts'
import type { House } from '../house.ts'

interface Row {
  readonly seq: number
  readonly hash: string
  readonly head: number | null
  readonly agrees: boolean | null
}

/** How far the cloud is with one cabinet, as its tables say: read when somebody looks. */
export function createStanding(
  { rows }: Pick<House, 'rows'>,
  { cabinet, incarnation }: Identity,
): Pick<CloudSide, 'head' | 'heartbeat' | 'look' | 'copy'> {
  let row: Row | undefined
  return {
    head: () => ({ seq: row?.seq ?? 0, hash: bytesFromBase64(row?.hash ?? '') ?? chainStart.hash }),
    heartbeat: () => {
      const head = row?.head ?? undefined
      return head === undefined ? undefined : { head, agrees: row?.agrees ?? undefined }
    },
    look: async () => {
      const found = await rows<Row>(
        `select j.seq, j.hash, h.head, h.digest_agrees as agrees from cabinet_journal j
         left join cabinet_health h using (cabinet) where j.cabinet = $1 and j.incarnation = $2`,
        [cabinet, incarnation].map(idToUuid),
      )
      row = found[0]
    },
    copy: async () =>
      await rows<Copied>(
        'select seq, hash, entry from cabinet_fact where cabinet = $1 and incarnation = $2 order by seq',
        [cabinet, incarnation].map(idToUuid),
      ),
  }
}
