import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import type { Town } from '../people/town.ts'
import { createHistory, type Verdict } from '../history/history.ts'
import type { HistoryRecord } from '../history/records.ts'
import { broken } from './law.ts'

/** What the house itself can add to a town's history: its tables, and what arrived outside. */
export type Testimony = () => Promise<readonly HistoryRecord[]>

/**
 * The whole run put before the history's judge, who shares no rule with those who made it, nor with the checks beside
 * this file: the first law that did not hold for him is thrown.
 */
export async function judgeAgain(seals: Seals, towns: readonly Town[], house: Testimony): Promise<Verdict> {
  const history = createHistory(seals)
  for (const town of towns) for (const record of await recordsOf(town)) history.take(record)
  for (const record of await house()) history.take(record)
  const verdict = history.verdict()
  const [first] = verdict.violations
  if (first !== undefined) return broken(first.law, `(the history's judge) ${first.where}: ${first.says}`)
  return verdict
}

async function recordsOf({ street, cloud, identity }: Town): Promise<readonly HistoryRecord[]> {
  const { cabinet, incarnation } = identity
  const own = street.disk.entries(1, Number.POSITIVE_INFINITY).map(({ seq, hash, bytes }) => ({
    seq,
    hash: base64FromBytes(hash),
    entry: new TextDecoder().decode(bytes),
  }))
  const copies = [['cabinet', own] as const, ['cloud', await cloud.copy()] as const]
  const journals = copies.flatMap(([from, entries]): readonly HistoryRecord[] => {
    const copy = { from, cabinet, incarnation }
    const last = entries.at(-1)
    const end = last === undefined ? [] : [{ kind: 'end', ...copy, seq: last.seq, hash: last.hash } as const]
    return [...entries.map((entry) => ({ kind: 'entry', ...copy, ...entry }) as const), ...end]
  })
  const orders = [...cloud.signed.values()].map((order): HistoryRecord => {
    const target = 'compartment' in order ? order : { compartment: null, epoch: null }
    return { kind: 'order', cabinet, order: order.order, compartment: target.compartment, epoch: target.epoch }
  })
  return [...journals, ...orders]
}
