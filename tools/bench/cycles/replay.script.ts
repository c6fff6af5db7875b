import type { Transaction } from './recorder.ts'

/**
 * For each client a pgbench script that replays its share of what was recorded: each text prepared once, as the cloud
 * does it, and executed with the very parameters. All begin together, warm up with what came first, and begin together
 * again at their marks. One script for all would be read in a time that grows with the square of its length.
 */
export function replayScripts(transactions: readonly Transaction[], clients: number, warm: number): string[] {
  const shares = shareOut(transactions, clients)
  const ties = tiesOf(transactions, shares)
  const warming = new Set(transactions.slice(0, warm))
  return shares.map((share) => {
    const texts = [...new Set(share.flatMap(({ statements }) => statements.map(({ text }) => text)))]
    const names = new Map(texts.map((text, index) => [text, `r${index}`]))
    const linesOf = (each: Transaction): readonly string[] => tied(played(each, names), ties.get(each))
    const held = share.flatMap((each) => ties.get(each)?.frees ?? [])
    return [
      'set deadlock_timeout = 100;',
      ...texts.map((text) => `prepare ${names.get(text)} as ${text};`),
      `select count(pg_advisory_lock(tie)) from unnest('{${held.join()}}'::bigint[]) as tie;`,
      ...together(clients),
      ...share.filter((each) => warming.has(each)).flatMap(linesOf),
      ...together(clients * 2),
      mark,
      ...share.filter((each) => !warming.has(each)).flatMap(linesOf),
      mark,
      '',
    ].join('\n')
  })
}

const mark = 'insert into bench_mark default values;'

const together = (arrivals: number): readonly string[] => [
  'insert into bench_client default values;',
  `do $$ begin while (select count(*) from bench_client) < ${arrivals} loop perform pg_sleep(0.001); end loop; end $$;`,
]

/**
 * What the cloud does one after the other stays with one client, in its order: a reader of the outbox, the intake of
 * facts. Anything else goes to the client that has least to do so far, so that all keep step.
 */
function shareOut(transactions: readonly Transaction[], clients: number): readonly (readonly Transaction[])[] {
  const shares = Array.from({ length: clients }, () => ({ load: 0, share: new Array<Transaction>() }))
  const places = new Map<string, (typeof shares)[number]>()
  for (const transaction of transactions) {
    const key = orderOf(transaction)
    const place = places.get(key) ?? shares.reduce((best, each) => (each.load < best.load ? each : best))
    places.set(key, place)
    place.share.push(transaction)
    place.load += transaction.statements.length + (isWrite(transaction) ? commitLoad : 0)
  }
  return shares.map(({ share }) => share)
}

/** A commit waits for the disk: as long as so many statements, so that no client is done long before the others. */
const commitLoad = 5

const isWrite = ({ begin, statements: [first] }: Transaction): boolean =>
  begin !== null || !/^\s*select/i.test(first?.text ?? '')

/** Transactions that begin by locking the same row or lane, and single writes of the same text, are of one order. */
function orderOf(transaction: Transaction): string {
  const { begin, statements } = transaction
  const { text, literals } = statements[0] ?? { text: '', literals: [] }
  return begin === null && isWrite(transaction) ? text : `${text} ${literals.join()}`
}

/** Advisory locks by number: who frees one has held it from the start, who waits for one goes on when it is free. */
interface Ties {
  readonly waits: readonly number[]
  readonly frees: readonly number[]
}

/**
 * What the cloud committed about a parcel before it went on with the same parcel comes first here too, whoever has it.
 * The intake of facts would else tell of a parcel that is not announced yet, and each wait for what the other locked.
 */
function tiesOf(
  transactions: readonly Transaction[],
  shares: readonly (readonly Transaction[])[],
): ReadonlyMap<Transaction, Ties> {
  const clientOf = new Map(shares.flatMap((share, client) => share.map((each) => [each, client] as const)))
  const ties = new Map<Transaction, { waits: number[]; frees: number[] }>()
  const tiesAt = (each: Transaction) => {
    const found = ties.get(each) ?? { waits: [], frees: [] }
    ties.set(each, found)
    return found
  }
  const latest = new Map<string, Transaction>()
  let tie = 0
  for (const each of transactions.filter(({ begin }) => begin !== null)) {
    const named = digestsIn(each)
    const before = new Set(named.flatMap((digest) => latest.get(digest) ?? []))
    for (const other of before) {
      if (clientOf.get(other) === clientOf.get(each)) continue
      tie += 1
      tiesAt(other).frees.push(tie)
      tiesAt(each).waits.push(tie)
    }
    for (const digest of named) latest.set(digest, each)
  }
  return ties
}

/** Parcels are named by digests, alone or within rows. */
const digestsIn = ({ statements }: Transaction): readonly string[] =>
  statements.flatMap(({ literals }) => literals.flatMap((literal) => literal.match(/\b[0-9a-f]{64}\b/g) ?? []))

function played({ begin, statements }: Transaction, names: ReadonlyMap<string, string>): readonly string[] {
  const lines = statements.map(({ text, literals }) => {
    const given = literals.length === 0 ? '' : `(${literals.join(', ')})`
    return `execute ${names.get(text)}${given};`
  })
  return begin === null ? lines : [`${begin};`, ...lines, 'commit;']
}

/** Sent along with what begins and with what commits: a tie costs no way of its own. */
function tied(lines: readonly string[], ties: Ties | undefined): readonly string[] {
  if (ties === undefined) return lines
  const waits = ties.waits.map((tie) => `select pg_advisory_lock_shared(${tie})\\; `).join('')
  const frees = ties.frees.map((tie) => `\\; select pg_advisory_unlock(${tie});`).join('')
  const [first = '', ...others] = lines
  const last = frees === '' ? others : [...others.slice(0, -1), `commit${frees}`]
  return [`${waits}${first}`, ...last]
}
