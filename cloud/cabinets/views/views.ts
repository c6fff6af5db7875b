import { Compile } from 'typebox/compile'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { type CabinetId, type OperatorId, idFromUuid } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { parseCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { CabinetSummary, CabinetView, CompartmentView } from '@holdfast/wire/http/cabinets.ts'
import { type PrivatePart, privatePartSchema } from '@holdfast/wire/journal/events.ts'
import { depositSeal } from '@holdfast/wire/journal/private.ts'
import type { Query } from '../../platform/postgres/db.ts'
import type { Directory, Ports } from '../../platform/ports.ts'
import type { Cabinets, FactPlace, StoryLine } from '../cabinets.ts'
import { readFreeDoors } from './free-doors.postgres.ts'
import { readJournalPage } from './journal.postgres.ts'
import { readEvent } from '@holdfast/wire/journal/read-event.ts'
import {
  readDeposits,
  readLayout,
  readPage,
  readPrivate,
  readSession,
  readStandings,
  readStory,
  readSummaries,
} from './store.postgres.ts'

export type Views = Pick<
  Cabinets,
  | 'list'
  | 'summaries'
  | 'view'
  | 'journal'
  | 'deposit'
  | 'depositsAt'
  | 'openPrivate'
  | 'story'
  | 'courierSession'
  | 'freeDoors'
>

export function createViews(ports: Ports, { openAlerts }: Pick<Directory, 'openAlerts'>): Views {
  const { db } = ports
  const summaries = async (
    operator: OperatorId,
    only: readonly CabinetId[] | undefined,
  ): Promise<readonly CabinetSummary[]> => {
    const rows = await readSummaries(db.query, operator, only)
    // The store gave ids of this kind.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const alerts = await openAlerts(rows.map(({ cabinet }) => cabinet as CabinetId))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return rows.map((row) => ({ ...row, openAlerts: alerts.get(row.cabinet as CabinetId) ?? 0 }))
  }
  return {
    list: async (operator) => await summaries(operator, undefined),
    summaries: async (operator, ids) => (ids.length === 0 ? [] : await summaries(operator, ids)),
    view: async (operator, cabinet) => {
      const [[summary], page] = await Promise.all([
        summaries(operator, [cabinet]),
        readPage(db.query, operator, cabinet),
      ])
      if (summary === undefined || page === undefined) return undefined
      const standings = await readStandings(db.query, cabinet)
      const view = {
        summary,
        layout: page.layout,
        compartments: compartmentViews(page.layout, standings),
        incarnation: page.incarnation === null ? null : idFromUuid('incarnation', page.incarnation),
        head: page.head,
        watermark: page.watermark,
        silentLines: [...page.silent_lines],
      }
      // The layout came in through the schema of this very shape; only `readonly` differs.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return view as unknown as CabinetView
    },
    journal: async (operator, at) => await readJournalPage(db.query, operator, at),
    deposit: async ({ cabinet, deposit }) => (await readDeposits(db.query, cabinet, [deposit]))[0],
    depositsAt: async (cabinet, deposits) =>
      deposits.length === 0 ? [] : await readDeposits(db.query, cabinet, deposits),
    freeDoors: async (of) => await readFreeDoors(db.query, of),
    courierSession: async (person) => await readSession(db.query, person),
    openPrivate: async (at, tx) => await openPrivate(ports, tx?.query ?? db.query, at),
    story: async (operator, at) => {
      const [rows, layout] = await Promise.all([readStory(db.query, operator, at), readLayout(db.query, at.cabinet)])
      return layout === undefined ? [] : storyLines(rows, layout)
    },
  }
}

function compartmentViews(
  { compartments }: CabinetLayout,
  standings: Awaited<ReturnType<typeof readStandings>>,
): readonly CompartmentView[] {
  const untold = { epoch: 0, use: 'free', suspicion: null, door: 'unseen', deposit: null, since: null } as const
  return compartments.map(({ id, label, size }) => ({ id, label, size, ...(standings.get(id) ?? untold) }))
}

const isPrivatePart = Compile(privatePartSchema)

async function openPrivate({ seals, keys }: Ports, query: Query, at: FactPlace): Promise<PrivatePart | undefined> {
  const found = await readPrivate(query, at)
  const blob = found === undefined ? undefined : bytesFromBase64(found.blob)
  if (found === undefined || blob === undefined) return undefined
  const context = depositSeal(at.cabinet, found.deposit)
  for (const { privateKey } of keys.sealing) {
    const plain = await seals.open(privateKey, context, blob)
    const read = plain === undefined ? undefined : parseCanonical(plain)
    if (read?.ok === true && isPrivatePart.Check(read.value)) return read.value
  }
  return undefined
}

const utf8 = new TextEncoder()

/** Events about a deposit do not all name its door: it is the one last named. */
function storyLines(rows: Awaited<ReturnType<typeof readStory>>, layout: CabinetLayout): readonly StoryLine[] {
  let label: string | null = null
  return rows.flatMap(({ seq, entry, received_at }) => {
    const read = parseCanonical(utf8.encode(entry))
    const content = read.ok && typeof read.value === 'object' && read.value !== null ? read.value : {}
    const event = 'event' in content ? readEvent(content.event) : undefined
    if (event === undefined) return []
    const door = 'door' in event ? event.door : 'to' in event ? event.to : undefined
    const at = door ?? ('compartment' in event ? event.compartment : undefined)
    label = layout.compartments.find(({ id }) => id === at)?.label ?? label
    return [{ seq, type: event.type, label, at: instant(received_at) }]
  })
}
