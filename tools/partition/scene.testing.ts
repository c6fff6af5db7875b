import { setTimeout as sleep } from 'node:timers/promises'
import { takeOut } from '../bench/offline/cabinet.testing.ts'
import type { Fault } from './proxy.ts'
import type { Link, PartitionTown } from './town.testing.ts'
import { announce, codeTo, deposits, eventually, head, heard, judge, watermark } from './visits.testing.ts'

export interface Scene {
  readonly link: Link
  readonly fault: Fault
  /** How long the link is broken, and how many facts the cabinet writes meanwhile. */
  readonly forMs: number
  readonly facts: number
}

export interface Played {
  readonly agreedMs: number
  readonly violations: readonly string[]
}

/** A parcel goes in while the link is broken, a backlog grows, the link heals; then all must agree and the code must open. */
export async function playScene(town: PartitionTown, { link, fault, forMs, facts }: Scene): Promise<Played> {
  const { at, proxies } = town
  const left = at.loop.cabinet().session
  if (left !== null) at.submit({ type: 'endSession', session: left.id })
  const parcel = await announce(town)
  proxies[link].inflict(fault)
  const brokenAt = performance.now()
  const deposit = await deposits(town, parcel)
  for (let n = 0; n < facts; n += 1) {
    at.loop.observe({ type: 'serviceSwitchSeen', closed: n % 2 === 0 })
    if (n % 200 === 199) await sleep(1)
  }
  await sleep(Math.max(0, forMs - (performance.now() - brokenAt)))
  proxies[link].heal()
  const healedAt = performance.now()
  const [code] = await Promise.all([
    eventually(healedAt, 'the code', async () => codeTo(town, parcel.phone)),
    eventually(healedAt, 'the journal', async () => ((await watermark(town)) === head(town) ? true : undefined)),
    eventually(healedAt, 'the webhook', async () => heard(town, parcel.number, 'deposited')),
  ])
  const agreedMs = performance.now() - healedAt
  const opened = await takeOut(at, deposit, code)
  await eventually(performance.now(), 'the collection', async () => heard(town, parcel.number, 'collected'))
  const violations = await judge(town)
  return { agreedMs, violations: opened ? violations : [...violations, 'the code did not open'] }
}
