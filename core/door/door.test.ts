import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cause } from '../access/cause.ts'
import { givenAt, nth } from '../cabinet/laws/scene.testing.ts'
import { after, runningMs, seconds } from '../values/instants.ts'
import {
  doorDecider,
  doorLimits,
  doubtDoor,
  isAtRest,
  newDoor,
  type Door,
  type DoorCommand,
  type DoorEvent,
  type DoorFact,
} from './door.ts'

const now = runningMs(100_000)
const cause: Cause = { kind: 'order', order: nth('order', 1), staff: nth('staff', 1) }
const base: Door = { ...newDoor(nth('compartment', 1), runningMs(99_000)), lastSeen: 'shut' }
const pulse = { cause, intendedAt: runningMs(98_000), pulsedAt: runningMs(99_000), doubtful: false }

const doors = {
  shut: { ...base, position: 'shut' },
  unlatched: { ...base, position: 'unlatched' },
  open: { ...base, position: 'open', lastSeen: 'open' },
  stuck: { ...base, position: 'stuck' },
  'unseen, last shut': { ...base, position: 'unseen' },
  'unseen, last open': { ...base, position: 'unseen', lastSeen: 'open' },
  'shut, pulsed': { ...base, position: 'shut', pulse },
  'unlatched, pulsed': { ...base, position: 'unlatched', pulse },
  'unseen, in doubt': doubtDoor({ ...base, position: 'shut', pulse }, runningMs(99_000)),
} as const satisfies Record<string, Door>
const columns = Object.keys(doors) as (keyof typeof doors)[]

const seen = (sight: 'shut' | 'unlatched' | 'open' | 'unknown'): DoorFact => ({
  type: 'doorSeen',
  sight,
  witness: 'leaf',
})
const inputs = {
  unlock: { type: 'unlock', cause },
  'seen shut': seen('shut'),
  'seen unlatched': seen('unlatched'),
  'seen open': seen('open'),
  'not seen': seen('unknown'),
  'pulse sent': { type: 'doorPulseSent' },
  'pulse silent': { type: 'doorPulseFailed', why: 'silent' },
  'pulse refused': { type: 'doorPulseFailed', why: 'refused' },
  'time passed': { type: 'timePassed' },
} as const satisfies Record<string, DoorCommand | DoorFact>

const free = 'doorOpened without cause'
const not = 'doorNotOpened'
type Row = readonly [string, string, string, string, string, string, string, string, string]
const table: Readonly<Record<keyof typeof inputs, Row>> = {
  unlock: [
    'doorUnlockIntended',
    'doorUnlockIntended',
    'door-open',
    'doorUnlockIntended',
    'doorUnlockIntended',
    'doorUnlockIntended',
    'door-busy',
    'door-busy',
    'door-busy',
  ],
  'seen shut': ['', 'doorShut', 'doorShut', '', 'doorFound', 'doorShut', '', '', 'doorOutcomeUnknown doorFound'],
  'seen unlatched': [
    'doorUnlatched',
    '',
    '',
    'doorUnlatched',
    'doorUnlatched',
    'doorUnlatched',
    'doorUnlatched',
    '',
    'doorUnlatched',
  ],
  'seen open': [free, free, '', free, free, 'doorFound', 'doorOpened', 'doorOpened', 'doorOpened'],
  'not seen': ['doorLost', 'doorLost', 'doorLost', 'doorLost', '', '', 'doorLost', 'doorLost', ''],
  'pulse sent': ['', '', '', '', '', '', '', '', ''],
  'pulse silent': ['', '', '', '', '', '', '', '', ''],
  'pulse refused': ['', '', '', '', '', '', not, not, not],
  'time passed': ['', '', '', '', '', '', '', '', ''],
}

function answerOf(door: Door, input: DoorCommand | DoorFact, at = now): string {
  if (input.type === 'unlock') {
    const decision = doorDecider.decide(door, input, givenAt(at))
    return decision.accepted ? decision.events.map(({ type }) => type).join(' ') : decision.refusal
  }
  const events = doorDecider.absorb(door, input, givenAt(at))
  return events.map((event) => (event.type === 'doorOpened' && event.cause === null ? free : event.type)).join(' ')
}

describe('a door', () => {
  const grid = (Object.keys(inputs) as (keyof typeof inputs)[]).flatMap((input) =>
    columns.map((door, i) => [input, door, table[input][i]] as const),
  )
  it.each(grid)('%s, %s: %s', (input, door, expected) => {
    expect(answerOf(doors[door], inputs[input])).toBe(expected)
  })

  it('is answered "not opened" when the leaf has not moved in the opening window', () => {
    const late = after(pulse.pulsedAt, doorLimits.openingWindow)
    expect(answerOf(doors['shut, pulsed'], { type: 'timePassed' }, late)).toBe(not)
    expect(doorDecider.due(doors['shut, pulsed'])).toBe(late)
  })

  it('is answered "unknown" after the opening window when nobody can see it', () => {
    const late = after(runningMs(99_000), doorLimits.openingWindow)
    expect(answerOf(doors['unseen, in doubt'], { type: 'timePassed' }, late)).toBe('doorOutcomeUnknown')
    expect(answerOf({ ...doors['shut, pulsed'], position: 'unseen' }, { type: 'timePassed' }, late)).toBe(
      'doorOutcomeUnknown',
    )
  })

  it('is answered "not opened" when its pulse never left the gate', () => {
    const waiting: Door = { ...doors['shut, pulsed'], pulse: { ...pulse, pulsedAt: null } }
    expect(answerOf(waiting, { type: 'doorPulseSent' })).toBe('doorPulsed')
    expect(answerOf(waiting, { type: 'doorPulseFailed', why: 'garbled' })).toBe('doorPulsed')
    expect(answerOf(waiting, { type: 'timePassed' }, after(pulse.intendedAt, doorLimits.pulseWindow))).toBe(not)
  })

  it('is asked for once when it is left open', () => {
    const late = after(doors.open.since, doorLimits.leftOpen)
    expect(answerOf(doors.open, { type: 'timePassed' }, late)).toBe('doorLeftOpen')
    const reminded = doorDecider.evolve(doors.open, { type: 'doorLeftOpen', door: base.id, at: late })
    expect(answerOf(reminded, { type: 'timePassed' }, after(late, seconds(600)))).toBe('')
  })

  it('is due when an open one is asked for, and once only', () => {
    expect(doorDecider.due(doors.open)).toBe(after(doors.open.since, doorLimits.leftOpen))
    expect(doorDecider.due({ ...doors.open, reminded: true })).toBeUndefined()
    expect(doorDecider.due({ ...doors.shut, reminded: false })).toBeUndefined()
    const opened = { type: 'doorOpened', door: base.id, cause, recovered: false, witness: 'leaf', at: now } as const
    const shut = { type: 'doorShut', door: base.id, witness: 'leaf', at: now } as const
    for (const [event, lastSeen] of [
      [opened, 'open'],
      [shut, 'shut'],
    ] as const)
      expect(doorDecider.evolve({ ...doors.unlatched, reminded: true }, event)).toMatchObject({
        lastSeen,
        reminded: false,
      })
  })

  it('is due when the pulse was to leave, and from then on when it was to open', () => {
    const intended = doorDecider.evolve(doors.shut, { type: 'doorUnlockIntended', door: base.id, cause, at: now })
    expect(intended.pulse).toEqual({ cause, intendedAt: now, pulsedAt: null, doubtful: false })
    expect(doorDecider.due(intended)).toBe(after(now, doorLimits.pulseWindow))
    const at = after(now, seconds(1))
    const pulsed = doorDecider.evolve(intended, { type: 'doorPulsed', door: base.id, at })
    expect(doorDecider.due(pulsed)).toBe(after(at, doorLimits.openingWindow))
    expect(doorDecider.evolve(doors.shut, { type: 'doorPulsed', door: base.id, at })).toBe(doors.shut)
  })

  it.each([
    ['shut', 'shut', null, true],
    ['stuck', 'stuck', null, true],
    ['unlatched', 'unlatched', null, false],
    ['open', 'open', null, false],
    ['shut, under way', 'shut', pulse, false],
  ] as const)('%s is at rest: %s, %j, %s', (_, position, underWay, expected) => {
    expect(isAtRest({ ...base, position, pulse: underWay })).toBe(expected)
  })

  it('is new where it was last seen shut, for nobody has seen it', () => {
    expect(newDoor(base.id, now)).toMatchObject({ position: 'unseen', lastSeen: 'shut', reminded: false })
  })

  it('says of what happened whether somebody had a right to it', () => {
    expect(doorDecider.absorb(doors.shut, seen('unlatched'), givenAt(now))).toMatchObject([{ explained: false }])
    expect(doorDecider.absorb(doors['shut, pulsed'], seen('unlatched'), givenAt(now))).toMatchObject([
      { explained: true },
    ])
    expect(doorDecider.absorb(doors.shut, seen('open'), givenAt(now))).toMatchObject([{ recovered: false }])
    const late = after(pulse.pulsedAt, doorLimits.openingWindow)
    expect(doorDecider.absorb(doors['shut, pulsed'], { type: 'timePassed' }, givenAt(late))).toMatchObject([
      { why: 'stayed-shut' },
    ])
  })

  it('says that an opening was recovered when it is seen after a power cut', () => {
    const [opened] = doorDecider.absorb(doors['unseen, in doubt'], seen('open'), givenAt(now))
    expect(opened).toMatchObject({ type: 'doorOpened', cause, recovered: true })
  })

  it('is stuck only where it is seen shut', () => {
    const failed = { type: 'doorNotOpened', door: base.id, cause, why: 'stayed-shut', at: now } as const
    expect(doorDecider.evolve(doors['shut, pulsed'], failed).position).toBe('stuck')
    expect(doorDecider.evolve(doors['unlatched, pulsed'], failed).position).toBe('unlatched')
  })
})

describe('any order of unlocks, sights, pulses, failures, waits and power cuts', () => {
  const what = fc.oneof(
    fc.constantFrom('unlock', 'power-cut', 'pulse-sent' as const),
    fc.constantFrom('shut', 'unlatched', 'open', 'unknown' as const),
    fc.constantFrom('silent', 'garbled', 'refused', 'absent', 'withheld' as const),
  )
  const days = fc.array(fc.record({ what, waitMs: fc.oneof(fc.nat(500), fc.nat(90_000)) }), {
    maxLength: 60,
    size: 'max',
  })
  type Step = typeof what extends fc.Arbitrary<infer One> ? One : never

  interface Life {
    readonly door: Door
    readonly journal: readonly DoorEvent[]
  }

  const factOf = (step: Exclude<Step, 'unlock' | 'power-cut'>): DoorFact => {
    if (step === 'pulse-sent') return { type: 'doorPulseSent' }
    if (step === 'shut' || step === 'unlatched' || step === 'open' || step === 'unknown') return seen(step)
    return { type: 'doorPulseFailed', why: step }
  }

  function stepped(door: Door, step: Step, order: number, at: typeof now): Life {
    if (step === 'power-cut') return { door: doubtDoor(door, at), journal: [] }
    const decided =
      step === 'unlock'
        ? doorDecider.decide(
            door,
            { type: 'unlock', cause: { kind: 'order', order: nth('order', order), staff: nth('staff', 1) } },
            givenAt(at),
          )
        : { accepted: true as const, events: doorDecider.absorb(door, factOf(step), givenAt(at)) }
    const journal = decided.accepted ? decided.events : []
    return { door: journal.reduce(doorDecider.evolve, door), journal }
  }

  function live(day: readonly { readonly what: Step; readonly waitMs: number }[]): readonly Life[] {
    let door: Door = base
    let at = now
    return day.flatMap(({ what: step, waitMs }, index) => {
      at = runningMs(at + waitMs)
      const waited = doorDecider.absorb(door, { type: 'timePassed' }, givenAt(at))
      const first = { door: waited.reduce(doorDecider.evolve, door), journal: waited }
      const second = stepped(first.door, step, index + 1, at)
      door = second.door
      return [first, second]
    })
  }

  const orderOf = (event: DoorEvent): string | undefined =>
    'cause' in event && event.cause?.kind === 'order' ? event.cause.order : undefined

  it('give each intent one outcome at most, and no outcome without an intent (law 2)', () => {
    fc.assert(
      fc.property(days, (day) => {
        const intents = new Set<string>()
        const ended = new Set<string>()
        for (const event of live(day).flatMap(({ journal }) => journal)) {
          const order = orderOf(event)
          if (order === undefined) continue
          if (event.type === 'doorUnlockIntended') intents.add(order)
          else {
            expect(intents.has(order)).toBe(true)
            expect(ended.has(order)).toBe(false)
            ended.add(order)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('answer every intent in the end', () => {
    fc.assert(
      fc.property(days, (day) => {
        const last = live(day).at(-1)?.door ?? base
        const due = doorDecider.due(last)
        if (last.pulse === null) return
        expect(due).toBeDefined()
        const events = doorDecider.absorb(last, { type: 'timePassed' }, givenAt(due ?? now))
        expect(events.reduce(doorDecider.evolve, last).pulse).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('never call a door shut that was last seen open (law 16)', () => {
    fc.assert(
      fc.property(days, (day) => {
        const lives = live(day)
        day.forEach(({ what: step }, index) => {
          const position = lives[index * 2 + 1]?.door.position
          if (step === 'open') expect(position).toBe('open')
          if (step === 'unlatched' || step === 'unknown') expect(['shut', 'stuck']).not.toContain(position)
        })
      }),
      { numRuns: 500 },
    )
  })
})
