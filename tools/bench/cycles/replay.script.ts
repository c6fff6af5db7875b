import type { Transaction } from './recorder.ts'

/**
 * For each client a pgbench script that replays its share of what was recorded: each text prepared once, as the cloud
 * does it, and executed with the very parameters. All begin together. The first part of it warms the client up and
 * stands before its mark. One script for all would be read in a time that grows with the square of its length.
 */
export function replayScripts(transactions: readonly Transaction[], clients: number, warmShare: number): string[] {
  return shareOut(transactions, clients).map((share) => {
    const texts = [...new Set(share.flatMap(({ statements }) => statements.map(({ text }) => text)))]
    const names = new Map(texts.map((text, index) => [text, `r${index}`]))
    const warm = Math.floor(share.length * warmShare)
    return [
      'set deadlock_timeout = 100;',
      ...texts.map((text) => `prepare ${names.get(text)} as ${text};`),
      'insert into bench_client default values;',
      `do $$ begin while (select count(*) from bench_client) < ${clients} loop perform pg_sleep(0.005); end loop; end $$;`,
      ...share.slice(0, warm).flatMap((each) => linesOf(each, names)),
      mark,
      ...share.slice(warm).flatMap((each) => linesOf(each, names)),
      mark,
      '',
    ].join('\n')
  })
}

const mark = 'insert into bench_mark default values;'

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

/** A commit waits for the disk: as long as so many statements. */
const commitLoad = 15

const isWrite = ({ begin, statements: [first] }: Transaction): boolean =>
  begin !== null || !/^\s*select/i.test(first?.text ?? '')

/** Transactions that begin by locking the same row, and single writes of the same text, are of one order. A reader of
 * the outbox is named by its first two parameters; how far it reads is another each time. */
function orderOf(transaction: Transaction): string {
  const { begin, statements } = transaction
  const { text, literals } = statements[0] ?? { text: '', literals: [] }
  const named = text.includes('outbox_cursor') ? literals.slice(0, 2) : literals
  return begin === null && isWrite(transaction) ? text : `${text} ${named.join()}`
}

function linesOf({ begin, statements }: Transaction, names: ReadonlyMap<string, string>): readonly string[] {
  const lines = statements.map(({ text, literals }) => {
    const given = literals.length === 0 ? '' : `(${literals.join(', ')})`
    return `execute ${names.get(text)}${given};`
  })
  return begin === null ? lines : [`${begin};`, ...lines, 'commit;']
}
