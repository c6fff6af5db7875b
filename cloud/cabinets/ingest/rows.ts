import { idToUuid, type CompartmentId } from '@holdfast/core/values/ids.ts'
import type { Instant } from '@holdfast/core/values/instants.ts'
import type { SignedHead } from '@holdfast/wire/seals/chain.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import type { CompartmentView } from '@holdfast/wire/http/cabinets.ts'
import { type CabinetFactNews, type CabinetRowsNews, cabinetTopics } from '../facts.ts'
import { describeDeposit, type Folded } from './fold.ts'
import type { HashedEntry } from './judge.ts'
import type { FactsMessage } from './message.ts'
import { type CabinetRecord, isSnapshotDue } from './records.ts'
import { packCabinet } from './snapshot.ts'
import type { Batch, JournalMove } from './store.postgres.ts'

/** What one cabinet's messages of a batch came to. */
export type Move = {
  readonly before: CabinetRecord
  readonly after: CabinetRecord
  readonly entries: readonly HashedEntry[]
  readonly folded: readonly Folded[]
  readonly privates: FactsMessage['privates']
  readonly head: SignedHead | undefined
}

export function batchOf(moves: readonly Move[], at: Instant): Batch {
  return {
    journals: moves.map(journalRow),
    facts: moves.flatMap(factRows),
    privates: moves.flatMap(privateRows),
    compartments: moves.flatMap((move) => changedCompartments(move).map((id) => compartmentRow(move, id))),
    deposits: moves.flatMap(depositRows),
    gone: moves.flatMap(goneRows),
    snapshots: moves.flatMap(snapshotRows),
    news: moves.flatMap((move) => newsRows(move, at)),
  }
}

const uuidOrNull = (id: Parameters<typeof idToUuid>[0] | null | undefined): string | null =>
  id === null || id === undefined ? null : idToUuid(id)

function journalRow({ before, after, head }: Move): JournalMove {
  const session = after.state.session?.kind === 'courier' ? after.state.session : undefined
  return {
    cabinet: after.uuids.cabinet,
    incarnation: after.uuids.incarnation,
    was: before.seq,
    was_hash: base64FromBytes(before.hash),
    seq: after.seq,
    hash: base64FromBytes(after.hash),
    head_seq: head?.seq ?? null,
    head_signature: head === undefined ? null : base64FromBytes(head.signature),
    courier: uuidOrNull(session?.person),
    session: uuidOrNull(session?.id),
  }
}

const text = new TextDecoder()

function factRows({ after, entries, folded }: Move): readonly object[] {
  const about = folded.flatMap((each) => each.about)
  return entries.map(({ bytes, content, hash }, i) => ({
    cabinet: after.uuids.cabinet,
    seq: content.seq,
    hash: base64FromBytes(hash),
    entry: text.decode(bytes),
    deposit: uuidOrNull(about[i]),
  }))
}

/** A private part belongs to a deposit: the seal is bound to it. */
function privateRows({ after, entries, folded, privates }: Move): readonly object[] {
  const about = folded.flatMap((each) => each.about)
  return entries.flatMap(({ content }, i) => {
    const part = privates.get(content.seq)
    const deposit = about[i]
    if (part === undefined || deposit === undefined) return []
    return [{ cabinet: after.uuids.cabinet, seq: content.seq, deposit: idToUuid(deposit), blob: part.blobText }]
  })
}

/** States are immutable: what is another object has changed. */
function changedCompartments({ before, after }: Move): readonly CompartmentId[] {
  const [was, is] = [before.state, after.state]
  return is.layout.compartments
    .map(({ id }) => id)
    .filter((id) => was.compartments.get(id) !== is.compartments.get(id) || was.doors.get(id) !== is.doors.get(id))
}

function compartmentRow({ after }: Move, id: CompartmentId): object {
  const compartment = after.state.compartments.get(id)
  return {
    cabinet: after.uuids.cabinet,
    compartment: idToUuid(id),
    epoch: compartment?.epoch ?? 0,
    use: compartment?.use ?? 'free',
    suspicion: compartment?.suspicion ?? null,
    door: after.state.doors.get(id)?.position ?? 'unseen',
    deposit: uuidOrNull(compartment?.deposit),
  }
}

function depositRows({ before, after }: Move): readonly object[] {
  const changed = [...after.state.deposits.values()].filter((deposit) => {
    const was = before.state.deposits.get(deposit.id)
    return was?.stage !== deposit.stage || was.compartment !== deposit.compartment || was.parcels !== deposit.parcels
  })
  return changed.map((deposit) => {
    const { carrier, person, compartment, epoch, stage, parcels, label, size } = describeDeposit(after.state, deposit)
    return {
      cabinet: after.uuids.cabinet,
      deposit: idToUuid(deposit.id),
      carrier: idToUuid(carrier),
      person: idToUuid(person),
      compartment: idToUuid(compartment),
      epoch,
      stage,
      parcels,
      label,
      size,
    }
  })
}

function goneRows({ before, after }: Move): readonly object[] {
  return [...before.state.deposits.keys()]
    .filter((id) => !after.state.deposits.has(id))
    .map((id) => ({ cabinet: after.uuids.cabinet, deposit: idToUuid(id) }))
}

function snapshotRows({ after }: Move): readonly object[] {
  if (!isSnapshotDue(after)) return []
  return [{ cabinet: after.uuids.cabinet, seq: after.seq, state: packCabinet(after.state) }]
}

function newsRows(move: Move, at: Instant): readonly object[] {
  const { after } = move
  const row = (topic: string, kind: string | null, payload: CabinetFactNews | CabinetRowsNews): object => ({
    cabinet: after.uuids.cabinet,
    topic,
    kind,
    key: after.cabinet,
    payload,
  })
  const news = move.folded.flatMap((folded) => folded.news)
  const facts = news.map((each) => row(cabinetTopics.facts, each.event.type, each))
  const compartments = changedCompartments(move).flatMap((id) => viewOf(move, id, at))
  if (compartments.length === 0) return facts
  return [...facts, row(cabinetTopics.rows, null, { cabinet: after.cabinet, operator: after.operator, compartments })]
}

function viewOf({ after: { state } }: Move, id: CompartmentId, at: Instant): readonly CompartmentView[] {
  const plan = state.layout.compartments.find((each) => each.id === id)
  const compartment = state.compartments.get(id)
  if (plan === undefined || compartment === undefined) return []
  const { epoch, use, suspicion, deposit } = compartment
  const door = state.doors.get(id)?.position ?? 'unseen'
  return [{ id, label: plan.label, size: plan.size, epoch, use, suspicion, door, deposit, since: at }]
}
