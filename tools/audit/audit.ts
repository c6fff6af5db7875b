import { createHistory, type Verdict } from '@holdfast/simulator/history/history.ts'
import type { HistoryRecord } from '@holdfast/simulator/history/records.ts'
import { cabinetListSchema } from '@holdfast/wire/http/cabinets.ts'
import { type JournalPage, journalPageSchema } from '@holdfast/wire/http/desk/journal.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { Compile } from 'typebox/compile'

/** A GET of the cloud's API as somebody who is signed in; throws where the answer is not 200. */
export type Ask = (path: string) => Promise<unknown>

const isList = Compile(cabinetListSchema)
const isPage = Compile(journalPageSchema)

/** Reads the journal of every cabinet that the caller may see, and judges the laws over all of them. */
export async function audit(ask: Ask, seals: Seals, progress: (says: string) => void): Promise<Verdict> {
  const list = await ask('/v1/operator/cabinets')
  if (!isList.Check(list)) throw new Error('the list of cabinets is not one that this program knows')
  const history = createHistory(seals)
  for (const { cabinet, name } of list.items) {
    let entries = 0
    for await (const record of journalOf(ask, cabinet)) {
      history.take(record)
      entries += record.kind === 'entry' ? 1 : 0
    }
    progress(`${name}: ${entries} entries`)
  }
  return history.verdict()
}

async function* journalOf(ask: Ask, cabinet: string): AsyncGenerator<HistoryRecord> {
  const from = 'cloud'
  for (let after: string | null = ''; after !== null;) {
    const query: string = after === '' ? '' : `?after=${encodeURIComponent(after)}`
    const page = await ask(`/v1/operator/cabinets/${cabinet}/journal${query}`)
    if (!isPage.Check(page)) throw new Error(`the journal of ${cabinet} is not one that this program knows`)
    for (const item of page.items) yield { kind: 'entry', from, cabinet, ...item }
    // Only the last page's word on the ends is later than every entry that was read.
    if (page.next === null) yield* endsOf(cabinet, page)
    after = page.next
  }
}

function* endsOf(cabinet: string, { items, ends }: JournalPage): Generator<HistoryRecord> {
  const from = 'cloud'
  const last = new Map(items.map(({ incarnation, seq }) => [incarnation, seq]))
  for (const { incarnation, seq, hash, headSeq, signature, key } of ends) {
    // Facts that came between the last page and its ends are the next audit's.
    if (seq > 0 && (last.get(incarnation) ?? seq) >= seq) yield { kind: 'end', from, cabinet, incarnation, seq, hash }
    if (headSeq === null || signature === null || key === null || headSeq !== seq) continue
    yield { kind: 'head', from, cabinet, incarnation, seq: headSeq, hash, signature, key }
  }
}

/** What a person reads: each law on a line, and each breach under it. */
export function describeVerdict({ laws, violations, cabinets, entries }: Verdict): readonly string[] {
  const lines = laws.map(({ law, checked, broken, limit }) => {
    const says = broken > 0 ? `BROKEN ${broken} times` : checked > 0 ? 'kept' : 'not judged'
    return `law ${String(law).padStart(2)}  ${says}, ${checked} claims${limit === undefined ? '' : ` (${limit})`}`
  })
  const found = violations.map(({ law, where, says }) => `  law ${law} at ${where}: ${says}`)
  return [`${cabinets} cabinets, ${entries} entries`, ...lines, ...found]
}
