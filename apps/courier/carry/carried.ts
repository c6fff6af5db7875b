import type { CarriedReply } from '@holdfast/wire/http/access.ts'
import { collect, readPart, type Series, wholeOf } from '@holdfast/wire/carry/parts.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import type { Answer, Failure } from '../../kit/cloud/client.ts'
import type { Shelf } from '../../kit/kept/shelf.ts'

/** A cabinet's sealed facts on this phone. Nobody can read them here, so they stay until the cloud has them. */
export interface Carried {
  /** Of the whole: the same facts shown again are the same row. */
  readonly digest: string
  /** base64url; empty once the cloud has them. */
  readonly bytes: string
  readonly seenAt: number
  /** `refused`: the cloud will never take them; the words say why. */
  readonly state: 'waiting' | 'carried' | 'refused'
  readonly failure?: Failure
}

export interface CarryPorts {
  readonly shelf: Shelf<Carried>
  readonly send: (bytes: string) => Promise<Answer<CarriedReply>>
  /** Whether the parts make what their digest says. */
  readonly isWhole: (bytes: Uint8Array, digest: string) => Promise<boolean>
  readonly now: () => number
  readonly after: (ms: number, ring: () => void) => () => void
}

export interface CarryState {
  /** Newest first. */
  readonly rows: readonly Carried[]
  /** Being read from a screen now: how many of its codes were seen. */
  readonly reading: { readonly seen: number; readonly total: number } | undefined
}

export interface Carry {
  readonly state: () => CarryState
  readonly subscribe: (told: () => void) => () => void
  /** True where the text is a part of something that is carried. */
  readonly read: (text: string) => boolean
  /** The network may be back. */
  readonly retry: () => void
  readonly stop: () => void
}

/** A row that was carried is kept so long, so that its codes seen again are known. */
export const keepMs = 24 * 3_600_000
/** Doubling from the first to the last; whatever tells of a network begins anew. */
export const retryMs = { first: 2_000, last: 60_000 } as const

const byAge = (left: Carried, right: Carried): number => right.seenAt - left.seenAt

/** Collects what a kiosk shows, keeps it through anything, and brings it to the cloud one after the other. */
export function createCarry(ports: CarryPorts): Carry {
  const listeners = new Set<() => void>()
  let state: CarryState = { rows: [], reading: undefined }
  const tell = (change: Partial<CarryState>): void => {
    state = { ...state, ...change }
    for (const told of listeners) told()
  }
  const rows = createRows(ports, (kept) => tell({ rows: kept }))
  const sender = createSender(ports, rows)
  let series: ReadonlyMap<string, Series> = new Map()
  const takeUp = async (digest: string, whole: Uint8Array): Promise<void> => {
    if (rows.has(digest) || !(await ports.isWhole(whole, digest))) return
    await rows.keep({ digest, bytes: base64FromBytes(whole), seenAt: ports.now(), state: 'waiting' })
    sender.retry()
  }
  void rows.load().then(sender.retry)

  return {
    state: () => state,
    subscribe: (told) => {
      listeners.add(told)
      return () => void listeners.delete(told)
    },
    read: (text) => {
      const part = readPart(text)
      if (part?.kind !== 'facts') return false
      if (rows.has(part.digest)) return true
      series = collect(series, part)
      const found = series.get(part.digest)
      const whole = found === undefined ? undefined : wholeOf(found)
      tell({ reading: whole === undefined ? { seen: found?.parts.size ?? 0, total: part.total } : undefined })
      if (whole !== undefined) void takeUp(part.digest, whole)
      return true
    },
    retry: sender.retry,
    stop: sender.stop,
  }
}

interface Rows {
  readonly has: (digest: string) => boolean
  readonly waiting: () => readonly Carried[]
  readonly keep: (row: Carried) => Promise<void>
  readonly load: () => Promise<void>
}

/** A browser that keeps nothing still carries for as long as the page lives. */
function createRows({ shelf, now }: CarryPorts, changed: (rows: readonly Carried[]) => void): Rows {
  const rows = new Map<string, Carried>()
  const tell = (): void => changed([...rows.values()].toSorted(byAge))
  return {
    has: (digest) => rows.has(digest),
    waiting: () => [...rows.values()].filter(({ state }) => state === 'waiting'),
    keep: async (row) => {
      rows.set(row.digest, row)
      tell()
      await shelf.put(row).catch(() => undefined)
    },
    load: async () => {
      for (const row of await shelf.read().catch(() => [])) {
        if (row.state !== 'waiting' && row.seenAt + keepMs < now()) await shelf.drop(row.digest).catch(() => undefined)
        else if (!rows.has(row.digest)) rows.set(row.digest, row)
      }
      tell()
    },
  }
}

function createSender({ send, after }: CarryPorts, rows: Rows): Pick<Carry, 'retry' | 'stop'> {
  let wait: number = retryMs.first
  let cancel = (): void => undefined
  let sending = false
  /** One after the other; the first that does not get through ends the round. */
  const sendAll = async (): Promise<boolean> => {
    for (const row of rows.waiting()) {
      const answer = await send(row.bytes)
      if (!answer.ok && mayPass(answer.failure)) return false
      const { digest, seenAt } = row
      const end = answer.ok ? ({ state: 'carried' } as const) : { state: 'refused' as const, failure: answer.failure }
      await rows.keep({ digest, seenAt, bytes: '', ...end })
    }
    return true
  }
  const run = async (): Promise<void> => {
    if (sending) return
    sending = true
    cancel()
    const through = await sendAll().catch(() => false)
    sending = false
    if (rows.waiting().length === 0) return
    cancel = after(through ? 0 : wait, () => void run())
    wait = Math.min(wait * 2, retryMs.last)
  }
  return {
    retry: () => {
      wait = retryMs.first
      void run()
    },
    stop: () => cancel(),
  }
}

/** Nothing is given up for a missing network, an ended session or too much haste. */
const mayPass = ({ kind, status }: Failure): boolean => kind !== 'refused' || status === 401 || status === 429
