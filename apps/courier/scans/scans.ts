import { randomKey } from '../../kit/cloud/client.ts'
import type { Answer, Failure } from '../../kit/cloud/client.ts'

/** A label on its way into the session at the kiosk. */
export interface SentScan {
  /** Also its idempotency key: a retry is the same scan. */
  readonly key: string
  readonly text: string
  readonly state: 'sending' | 'sent' | Failure
}

export interface ScansPorts {
  readonly send: (text: string, key: string) => Promise<Answer<unknown>>
  readonly newKey?: () => string
}

export interface Scans {
  /** Newest first. */
  readonly list: () => readonly SentScan[]
  readonly subscribe: (told: () => void) => () => void
  /** What the camera read: the label that it told last is before the lens still, and is not sent twice. */
  readonly read: (text: string) => void
  /** What a person typed is always meant. */
  readonly typed: (text: string) => void
  readonly retry: (key: string) => void
  readonly drop: (key: string) => void
  /** A new session at a kiosk: what arrived elsewhere is done with; what did not arrive stays. */
  readonly clearSent: () => void
}

const kept = 50

/** Sends one after the other, in the order of the hands; what fails stays with its text until it is sent or dropped. */
export function createScans({ send, newKey = randomKey }: ScansPorts): Scans {
  let scans: readonly SentScan[] = []
  let tail: Promise<void> = Promise.resolve()
  const listeners = new Set<() => void>()
  const put = (changed: readonly SentScan[]): void => {
    scans = changed
    for (const told of listeners) told()
  }
  const mark = (key: string, state: SentScan['state']): void =>
    put(scans.map((scan) => (scan.key === key ? { ...scan, state } : scan)))
  const dispatch = ({ key, text }: SentScan): void => {
    tail = tail.then(async () => {
      const answer = await send(text, key)
      mark(key, answer.ok ? 'sent' : answer.failure)
    })
  }
  const add = (text: string): void => {
    const scan: SentScan = { key: newKey(), text, state: 'sending' }
    const settled = scans.filter(({ state }, index) => index < kept || state !== 'sent')
    put([scan, ...settled])
    dispatch(scan)
  }
  return {
    list: () => scans,
    subscribe: (told) => {
      listeners.add(told)
      return () => void listeners.delete(told)
    },
    read: (text) => {
      if (text !== scans[0]?.text) add(text)
    },
    typed: add,
    retry: (key) => {
      const scan = scans.find((one) => one.key === key)
      if (scan === undefined || typeof scan.state === 'string') return
      mark(key, 'sending')
      dispatch(scan)
    },
    drop: (key) => put(scans.filter((scan) => scan.key !== key)),
    clearSent: () => put(scans.filter(({ state }) => state !== 'sent')),
  }
}
