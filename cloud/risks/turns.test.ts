import { describe, expect, it } from 'vitest'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import type { HealthChange } from '../cabinets/facts.ts'
import { parcelNewsTypes } from '../parcels/events.ts'
import { type Turn, turnOfWord, turnsOfDeposit, turnsOfEvent, turnsOfHealth, turnsOfNobody } from './causes.ts'

const id = <Kind extends Parameters<typeof makeId>[0]>(kind: Kind) => makeId(kind, instant(1), new Uint8Array(10))
const [door, deposit, order, staff] = [id('compartment'), id('deposit'), id('order'), id('staff')]
const at = runningMs(1)
const cause = { kind: 'order', order, staff } as const
const said = (turns: readonly Turn[]): readonly string[] => turns.map(({ kind, on }) => `${on ? '+' : '-'} ${kind}`)

describe('what a cabinet tells', () => {
  const opened = { type: 'doorOpened', door, recovered: false, witness: 'leaf', at } as const
  it.each<readonly [string, CabinetEvent, readonly string[]]>([
    ['a door left open', { type: 'doorLeftOpen', door, at }, ['+ door-left-open']],
    ['a door shut', { type: 'doorShut', door, witness: 'leaf', at }, ['- door-left-open']],
    [
      'a door that stayed shut',
      { type: 'doorNotOpened', door, cause, why: 'stayed-shut', at },
      ['+ door-did-not-open'],
    ],
    ['a door opened by an order', { ...opened, cause }, ['- door-did-not-open', '- large-door-shut']],
    [
      'a door opened by nobody',
      { ...opened, cause: null },
      ['- door-did-not-open', '- large-door-shut', '+ opened-without-cause'],
    ],
    ['a pulse', { type: 'doorPulsed', door, at } as CabinetEvent, []],
    ['a door lost', { type: 'doorLost', door, at } as CabinetEvent, []],
    ['a door found open', { type: 'doorFound', door, sight: 'open', at } as CabinetEvent, []],
    ['a door found shut', { type: 'doorFound', door, sight: 'shut', at } as CabinetEvent, ['- door-left-open']],
    ['a large door shut outside a session', { type: 'largeDoorShut', door, at }, ['+ large-door-shut']],
    ['an emergency', { type: 'emergencyRaised', what: 'shut-in', at }, ['+ emergency']],
    ['the end of one', { type: 'emergencyEnded', order, at }, ['- emergency', '- shut-in-told']],
    [
      'a release without anybody’s word',
      { type: 'releaseBegun', cause: { kind: 'emergency', order: null, staff: null }, doors: [], at },
      ['+ emergency'],
    ],
    [
      'somebody who has looked',
      { type: 'compartmentInspected', compartment: door, seen: 'parcel-inside', by: staff },
      ['- in-doubt', '- opened-without-cause', '- door-did-not-open', '- large-door-shut'],
    ],
    [
      'somebody who found it empty',
      { type: 'compartmentInspected', compartment: door, seen: 'empty', by: staff },
      ['- parcel-of-nobody', '- in-doubt', '- opened-without-cause', '- door-did-not-open', '- large-door-shut'],
    ],
    ...(
      [
        'did-not-open',
        'outcome-unknown',
        'opened-remotely',
        'session-broken-off',
        'found-empty',
        'new-incarnation',
      ] as const
    ).map((why): [string, CabinetEvent, string[]] => [
      `a doubt: ${why}`,
      { type: 'compartmentSuspected', compartment: door, why },
      ['+ in-doubt'],
    ]),
    [
      'a doubt that the door has told of',
      { type: 'compartmentSuspected', compartment: door, why: 'opened-without-cause' },
      [],
    ],
    ['a parcel put in', { type: 'depositMade', deposit, by: 'person', at }, []],
  ])('%s', (_what, event, expected) => {
    expect(said(turnsOfEvent(event))).toEqual(expected)
  })

  it('names the door in every alert of a door, and none in those of the whole cabinet', () => {
    for (const event of [
      { ...opened, cause: null },
      { type: 'largeDoorShut', door, at },
    ] satisfies readonly CabinetEvent[])
      for (const turn of turnsOfEvent(event)) expect(turn.door).toBe(door)
    expect(turnsOfEvent({ type: 'emergencyRaised', what: 'help', at })).toMatchObject([{ door: null }])
  })
})

describe('"not mine" has been seen to', () => {
  it.each(['depositCollected', 'depositCancelled', 'depositRecalled', 'depositDisputed', 'depositRefused'] as const)(
    'by %s',
    (type) => {
      expect(turnsOfDeposit({ type, deposit } as CabinetEvent, door)).toEqual([{ kind: 'not-mine', door, on: false }])
    },
  )

  it.each(['codeRenewed', 'depositMade', 'depositMoved', 'depositPrepared', 'doorOpened'] as const)(
    'and not by %s',
    (type) => {
      expect(turnsOfDeposit({ type, deposit } as CabinetEvent, door)).toEqual([])
    },
  )
})

it.each(parcelNewsTypes)('a word of %s', (type) => {
  const expected = type === 'not-mine' ? ['+ not-mine'] : type === 'corrected' ? ['- not-mine'] : []
  const turn = turnOfWord(type, door)
  expect(said(turn === undefined ? [] : [turn])).toEqual(expected)
})

describe('whoever takes a parcel out has looked', () => {
  const [taken, silent] = (['person', 'silence'] as const).map(
    (by) => (type: 'depositCollected' | 'depositRecalled') => turnsOfDeposit({ type, deposit, by, at }, door),
  )
  const looked = ['- not-mine', '- in-doubt', '- opened-without-cause', '- door-did-not-open', '- large-door-shut']

  it.each(['depositCollected', 'depositRecalled'] as const)('where he says so: %s', (type) => {
    expect(said(taken?.(type) ?? [])).toEqual(looked)
    expect((taken?.(type) ?? []).every((turn) => turn.door === door)).toBe(true)
  })

  it.each(['depositCollected', 'depositRecalled'] as const)('and not where he goes without a word: %s', (type) => {
    expect(said(silent?.(type) ?? [])).toEqual(['- not-mine'])
  })
})

describe('a parcel that no deposit is bound to', () => {
  const looked = (seen: 'empty' | 'parcel-inside') =>
    turnsOfNobody({ type: 'compartmentInspected', compartment: door, seen, by: staff })

  it('is told of by whoever saw it, and by nothing else', () => {
    expect(looked('parcel-inside')).toEqual([{ kind: 'parcel-of-nobody', door, on: true }])
    expect(looked('empty')).toEqual([])
    expect(turnsOfNobody({ type: 'compartmentRetired', compartment: door, order })).toEqual([])
  })
})

describe('a change of health', () => {
  const pairs: readonly (readonly [HealthChange, HealthChange, string])[] = [
    ['offline', 'online', 'cabinet-offline'],
    ['digest-differs', 'digest-agrees', 'digest-mismatch'],
    ['journal-full', 'journal-ok', 'journal-trouble'],
    ['journal-failing', 'journal-ok', 'journal-trouble'],
    ['journal-garbled', 'journal-ok', 'journal-trouble'],
    ['kiosk-absent', 'kiosk-ok', 'kiosk-away'],
    ['scanner-absent', 'scanner-ok', 'scanner-away'],
  ]
  it.each(pairs)('%s begins what %s ends: %s', (begins, ends, kind) => {
    expect(said(turnsOfHealth(begins))).toEqual([`+ ${kind}`])
    expect(said(turnsOfHealth(ends))).toEqual([`- ${kind}`])
  })

  it('journal-forked stays until a person has looked: nothing that a cabinet says ends it', () => {
    expect(said(turnsOfHealth('journal-forked'))).toEqual(['+ journal-forked'])
    const ends = pairs.flatMap(([, end]) => said(turnsOfHealth(end)))
    expect(ends).not.toContain('- journal-forked')
  })
})
