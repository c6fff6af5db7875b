import type { Cause, CauseKind } from '@holdfast/core/access/cause.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { UnlockResult } from '../boards/board.ts'
import { createFakeClock } from '../boards/line/clock.fake.ts'
import { silentLog } from '../platform/log.ts'
import { createGate, type GatePast } from './gate.ts'

const lock = { line: 'one', board: 1, channel: 1 }
const cause = (kind: CauseKind): Cause =>
  ({ kind, session: 's', deposit: 'd', order: 'o', staff: 's', person: 'p' }) as never
const sent: UnlockResult = { ok: true, firstByteAtMs: 1, lastByteAtMs: 2 }

function rig(past: GatePast = { head: 0, openings: [] }, result: UnlockResult = sent) {
  const clock = createFakeClock()
  const pulses: number[] = []
  const service: boolean[] = []
  const coils = {
    unlock: () => {
      pulses.push(clock.now())
      return Promise.resolve(result)
    },
    setService: (on: boolean) => service.push(on),
  }
  const gate = createGate({ coils, clock, now: clock.now, log: silentLog }, past)
  const fire = (seq: number, kind: CauseKind, notBefore = 0) => gate.fire({ seq, cause: cause(kind), lock, notBefore })
  return { clock, pulses, service, gate, fire }
}

it('gives one pulse for one intent, and none for an intent from before the start', async () => {
  const { fire, pulses } = rig({ head: 7, openings: [] })
  expect([await fire(7, 'pickup'), await fire(8, 'pickup'), await fire(8, 'pickup')]).toEqual([
    'withheld',
    'sent',
    'withheld',
  ])
  expect(pulses).toHaveLength(1)
})

it('holds law 13 whatever comes through: no window ever has more openings than its limit', async () => {
  const most = { pickup: [20, 60_000], deposit: [20, 60_000], recall: [20, 60_000], order: [5, 600_000] } as const
  const kinds = fc.constantFrom<keyof typeof most>('pickup', 'deposit', 'recall', 'order')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(kinds, fc.integer({ min: 0, max: 9_000 })), { maxLength: 120 }),
      async (tries) => {
        const { clock, fire } = rig()
        const opened: { kind: string; at: number }[] = []
        for (const [seq, [kind, wait]] of tries.entries()) {
          await clock.advance(wait)
          const purse = kind === 'recall' ? 'deposit' : kind
          if ((await fire(seq + 1, kind)) === 'sent') opened.push({ kind: purse, at: clock.now() })
          const [limit, withinMs] = most[kind]
          const recent = opened.filter((opening) => opening.kind === purse && opening.at > clock.now() - withinMs)
          expect(recent.length).toBeLessThanOrEqual(limit)
        }
      },
    ),
    { numRuns: 25 },
  )
})

it('remembers across a restart what the journal says was opened', async () => {
  const openings = Array.from({ length: 5 }, (_, at) => ({ cause: 'order' as const, at }))
  const { fire, clock } = rig({ head: 5, openings })
  expect(await fire(6, 'order')).toBe('withheld')
  await clock.advance(600_005)
  expect(await fire(7, 'order')).toBe('sent')
})

it('lifts the spacing only while the switch is closed and nobody else waits', async () => {
  const { gate, fire, service } = rig()
  expect(await fire(1, 'service')).toBe('withheld')
  gate.serviceSwitch(true)
  const both = [fire(2, 'service'), fire(3, 'pickup')]
  expect(service.slice(-2)).toEqual([true, false])
  await Promise.all(both)
  expect(service.at(-1)).toBe(false)
})

it('lets every door of an emergency through (law 17)', async () => {
  const { fire, pulses } = rig()
  for (let seq = 1; seq <= 300; seq += 1) expect(await fire(seq, 'emergency')).toBe('sent')
  expect(pulses).toHaveLength(300)
})

it('waits until the instant that core named', async () => {
  const { clock, fire, pulses } = rig()
  const end = fire(1, 'pickup', 2_000)
  await clock.advance(1_999)
  expect(pulses).toEqual([])
  await clock.advance(1)
  expect([await end, pulses]).toEqual(['sent', [2_000]])
})

it.each([
  [{ ok: false, failure: 'refused' }, 'withheld'],
  [{ ok: false, failure: 'refused', firstByteAtMs: 1 }, 'refused'],
  [{ ok: false, failure: 'absent' }, 'absent'],
  [{ ok: false, failure: 'absent', firstByteAtMs: 1 }, 'silent'],
  [{ ok: false, failure: 'garbled', firstByteAtMs: 1 }, 'garbled'],
] as const)('takes %o for %s: where bytes may have left, only the sensor tells', async (result, end) => {
  expect(await rig(undefined, result).fire(1, 'pickup')).toBe(end)
})
