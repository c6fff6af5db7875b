import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { createEffects } from './effects.ts'
import { createJournalJudge, type JournalJudge } from './journal.ts'
import type { DepositMark } from './ledger.ts'
import type { Copy, HistoryRecord, JournalRecord } from './records.ts'

export interface Violation {
  readonly law: number
  readonly where: string
  readonly says: string
}

export interface LawVerdict {
  readonly law: number
  /** How many claims were put to it. */
  readonly checked: number
  readonly broken: number
  /** Why it says less than its words, or nothing. */
  readonly limit?: string
}

export interface Verdict {
  readonly entries: number
  readonly cabinets: number
  readonly laws: readonly LawVerdict[]
  readonly violations: readonly Violation[]
}

/** Reads what happened and judges the laws by itself. Records may come in any order but that of one journal's entries. */
export interface History {
  take(record: HistoryRecord): void
  verdict(): Verdict
}

const limits: ReadonlyMap<number, string> = new Map([
  [9, 'no money yet'],
  [11, 'a journal and what is told outward; rows and files are judged by the access tests'],
  [14, 'what stands in the log; terms are judged by the erasing'],
])
const laws = Array.from({ length: 17 }, (_, i) => i + 1)

export function createHistory(seals: Seals): History {
  const records: HistoryRecord[] = []
  return {
    take: (record) => {
      records.push(record)
    },
    verdict: () => judge(seals, records),
  }
}

interface Bench {
  readonly complain: (where: string) => (law: number, says: string) => void
  readonly checked: (law: number, times?: number) => void
}

function judge(seals: Seals, records: readonly HistoryRecord[]): Verdict {
  const violations: Violation[] = []
  const counts = new Map<number, number>()
  const bench: Bench = {
    complain: (where) => (law, says) => {
      violations.push({ law, where, says })
    },
    checked: (law, times = 1) => {
      counts.set(law, (counts.get(law) ?? 0) + times)
    },
  }
  const settled = records.some(({ kind }) => kind === 'settled')
  const journals = judgeJournals(seals, records, bench)
  const effects = createEffects(bench.complain('outward'), bench.checked)
  for (const record of records) effects.take(record)
  effects.close(settled)
  judgeTraces(records, bench)
  judgeIncarnations(journals, bench)
  if (settled) judgeSettled(journals, records, bench)
  return {
    entries: records.filter(({ kind }) => kind === 'entry').length,
    cabinets: new Set(journals.map(({ cabinet }) => cabinet)).size,
    laws: laws.map((law) => lawVerdict(law, counts, violations)),
    violations,
  }
}

function lawVerdict(law: number, counts: ReadonlyMap<number, number>, violations: readonly Violation[]): LawVerdict {
  const checked = counts.get(law) ?? 0
  const limit = limits.get(law) ?? (checked === 0 ? 'nothing in this history speaks of it' : undefined)
  const broken = violations.filter((one) => one.law === law).length
  return { law, checked, broken, ...(limit === undefined ? {} : { limit }) }
}

interface Judged {
  readonly cabinet: string
  readonly incarnation: string
  /** The longest word about it: the cabinet's own where there is one. */
  readonly judge: JournalJudge
  readonly cloud: JournalJudge | undefined
}

const placeOf = ({ cabinet, incarnation }: Copy): string => `${cabinet} ${incarnation}`

function judgeJournals(seals: Seals, records: readonly HistoryRecord[], bench: Bench): readonly Judged[] {
  const signedAt = signedOrders(records)
  const copies = new Map<string, { readonly copy: Copy; readonly judge: JournalJudge }>()
  const owned = new Set(records.filter(isOfJournal).flatMap((one) => (one.from === 'cabinet' ? [placeOf(one)] : [])))
  for (const record of records.filter(isOfJournal)) {
    const key = `${placeOf(record)} ${record.from}`
    // The cloud's copy of a journal that the cabinet tells itself is compared, not judged twice.
    const second = record.from === 'cloud' && owned.has(placeOf(record))
    const known =
      copies.get(key)?.judge ?? startJournal(seals, record, { bench, second, signed: signedAt(record.cabinet) })
    copies.set(key, { copy: record, judge: known })
    known.take(record)
  }
  for (const { judge: each } of copies.values()) each.chain.close()
  return [...copies].flatMap(([key, { copy, judge: each }]): readonly Judged[] => {
    const second = copy.from === 'cloud' && owned.has(placeOf(copy))
    if (second) return []
    const cloud = copy.from === 'cloud' ? each : copies.get(key.replace(/cabinet$/u, 'cloud'))?.judge
    if (copy.from === 'cabinet' && cloud !== undefined) comparePrefix(seals, copy, { own: each, cloud }, bench)
    return [{ cabinet: copy.cabinet, incarnation: copy.incarnation, judge: each, cloud }]
  })
}

const isOfJournal = (record: HistoryRecord): record is JournalRecord =>
  record.kind === 'entry' || record.kind === 'end' || record.kind === 'head'

interface Start {
  readonly bench: Bench
  readonly second: boolean
  readonly signed: ReturnType<ReturnType<typeof signedOrders>>
}

function startJournal(seals: Seals, copy: Copy, { bench, second, signed }: Start): JournalJudge {
  const say = bench.complain(`${placeOf(copy)} (${copy.from})`)
  const { incarnation } = copy
  // Of a second copy only law 8 is heard.
  const complain: typeof say = second ? (law, says) => (law === 8 ? say(law, says) : undefined) : say
  return createJournalJudge({ seals, incarnation, complain, checked: bench.checked, signed, isCopy: second })
}

type Sent = Extract<HistoryRecord, { kind: 'order' }>

/** Undefined for a cabinet whose orders the history does not tell. */
function signedOrders(records: readonly HistoryRecord[]) {
  const sent = records.filter((record): record is Sent => record.kind === 'order')
  const known = new Map(sent.map((order) => [`${order.cabinet} ${order.order}`, order]))
  const told = new Set(sent.map(({ cabinet }) => cabinet))
  return (cabinet: string) => (told.has(cabinet) ? (order: string) => known.get(`${cabinet} ${order}`) : undefined)
}

/** Law 8: the cloud's copy is a prefix of the cabinet's. */
function comparePrefix(
  seals: Seals,
  copy: Copy,
  { own, cloud }: { readonly own: JournalJudge; readonly cloud: JournalJudge },
  { complain }: Bench,
): void {
  for (let seq = 1; seq <= cloud.chain.length(); seq += 1) {
    const [left, right] = [own.chain.hashAt(seq), cloud.chain.hashAt(seq)]
    if (left !== undefined && right !== undefined && seals.equal(left, right)) continue
    return complain(placeOf(copy))(8, `the cloud's ${seq} is not the cabinet's`)
  }
}

function judgeTraces(records: readonly HistoryRecord[], { complain, checked }: Bench): void {
  const traces = new Map<number, string>()
  for (const record of records) {
    if (record.kind !== 'trace') continue
    checked(15)
    const known = traces.get(record.seed) ?? record.hash
    if (known !== record.hash) complain('runs')(15, `seed ${record.seed} came out in two ways`)
    traces.set(record.seed, known)
  }
}

/** Law 3 over a lost terminal: what the one before kept, the next one knows. */
function judgeIncarnations(journals: readonly Judged[], { complain, checked }: Bench): void {
  for (const [at, { cabinet, judge: later }] of journals.entries()) {
    const former = journals.slice(0, at).findLast((one) => one.cabinet === cabinet)
    if (former === undefined) continue
    for (const deposit of former.judge.ledger.deposits.values()) {
      if (!isKept(deposit)) continue
      checked(3)
      if (later.ledger.deposits.has(deposit.id)) continue
      complain(cabinet)(3, `${deposit.id} was lost with the terminal that kept it`)
    }
  }
}

const isKept = ({ stage }: DepositMark): boolean => stage !== 'over' && stage !== 'filling'

/** Law 12, and the alarms of laws 2 and 17, which have had their time. */
function judgeSettled(journals: readonly Judged[], records: readonly HistoryRecord[], bench: Bench): void {
  const alerts = records.flatMap((one) => (one.kind === 'alert' ? [`${one.cabinet} ${one.compartment ?? ''}`] : []))
  const raised = new Set(alerts)
  for (const { cabinet, judge: each, cloud } of journals) {
    const say = bench.complain(cabinet)
    bench.checked(12)
    for (const { law, compartment } of each.alarming) {
      bench.checked(law)
      if (!raised.has(`${cabinet} ${compartment ?? ''}`))
        say(law, `${compartment ?? 'a call for help'} raised no alert`)
    }
    const last = journals.findLast((one) => one.cabinet === cabinet)?.judge === each
    if (!last) continue
    if (cloud?.chain.length() !== each.chain.length()) say(12, 'cloud and cabinet stand at different entries')
    const { session, places, doors } = each.ledger
    if (session !== undefined) say(12, `${session.id} never ended`)
    for (const [id, { use }] of places) {
      if (use === 'held') say(12, `${id} is held by nobody`)
      if (use === 'suspect' && !raised.has(`${cabinet} ${id}`)) say(12, `${id} is in quarantine and nobody is called`)
    }
    for (const [id, { intent, position }] of doors) {
      if (intent !== undefined) say(12, `${id} waits for a pulse`)
      if (position === 'unseen') say(12, `${id} is unseen`)
    }
  }
}
