import { describe, expect, it } from 'vitest'
import { doors, goodDay, hex, journalOf, judged, lawsBroken, nth, parcel, waiting } from './history.testing.ts'
import { type EffectRecord, type HistoryRecord, readRecord } from './records.ts'

const cabinet = nth('cabinet', 1)
const alert = (compartment: string | null): HistoryRecord => ({ kind: 'alert', cabinet, what: 'opened', compartment })
const sent = (key: string, place: number, change: Partial<EffectRecord> = {}): EffectRecord => ({
  kind: 'effect',
  key,
  says: hex(key),
  state: 'done',
  line: 'par_1',
  place,
  owner: 'car_1',
  ...change,
})
const came = (key: string, says = hex(key)): HistoryRecord => ({ kind: 'arrival', key, says })
const order = (n: number, compartment: string | null = null, epoch: number | null = null): HistoryRecord => ({
  kind: 'order',
  cabinet,
  order: nth('order', n),
  compartment,
  epoch,
})
const signed = [order(1, doors.other, 0), order(2, doors.other, 0), order(3)]
const own = journalOf(goodDay)
const copy = journalOf(goodDay, { from: 'cloud' })
const settled: HistoryRecord = { kind: 'settled' }
const alerts = [alert(null), alert(doors.large)]
const outward = [sent('a', 1), sent('b', 2), came('a'), came('b'), came('a')]
const entryOf = (n: number, records: readonly HistoryRecord[]): readonly HistoryRecord[] =>
  records.filter((one) => !(one.kind === 'entry' && one.seq === n))
const edit = (n: number, by: (entry: string) => string): readonly HistoryRecord[] =>
  own.map((one) => (one.kind === 'entry' && one.seq === n ? { ...one, entry: by(one.entry) } : one))
const restart = { type: 'cabinetStarted', boot: 2, at: 500_000 } as const

const broken: readonly (readonly [law: number, how: string, records: readonly HistoryRecord[]])[] = [
  [8, 'an entry taken out', entryOf(7, own)],
  [8, 'the last entry taken off', entryOf(goodDay.length, own)],
  [8, 'an entry edited under its old hash', edit(9, (text) => text.replace('"boot":1', '"boot":2'))],
  [8, 'an entry that is not canonical', edit(9, (text) => ` ${text}`)],
  [
    8,
    'an entry of another incarnation',
    edit(9, (text) => text.replaceAll(nth('incarnation', 1), nth('incarnation', 2))),
  ],
  [8, 'a head that another key signed', own.map((one) => (one.kind === 'head' ? { ...one, signature: 'AAAA' } : one))],
  [
    8,
    'a cloud that says something else',
    [
      ...own,
      ...journalOf(
        [...goodDay.slice(0, -1), { ...restart }].map((event) => event as (typeof goodDay)[number]),
        { from: 'cloud' },
      ),
    ],
  ],
  [8, 'a cloud that knows more than the cabinet', [...journalOf(goodDay.slice(0, -2)), ...copy]],
  [
    3,
    'a deposit that the next terminal does not know',
    [...journalOf(waiting), ...journalOf(goodDay.slice(0, 5), { incarnation: 2 })],
  ],
  [6, 'an order that nobody signed', [...own, ...signed.slice(1)]],
  [6, 'an order of another epoch', [...own, order(1, doors.other, 3), ...signed.slice(1)]],
  [10, 'an effect that stands twice', [...outward, sent('a', 3)]],
  [10, 'a repetition that says something else', [...outward, came('a', hex('other'))]],
  [10, 'an arrival that nobody sent', [...outward, came('c')]],
  [10, 'an effect called done that never came', [...outward, sent('c', 3)]],
  [10, 'a line with a gap', [sent('a', 1), sent('c', 3)]],
  [10, 'a line told out of turn', [sent('a', 1), sent('b', 2), came('b'), came('a')]],
  [11, 'a line told to two owners', [sent('a', 1), sent('b', 2, { owner: 'car_2' })]],
  [12, 'an effect that waits when all is over', [sent('a', 1, { state: 'waiting' }), settled]],
  [
    12,
    'a cloud that lags when all is over',
    [...own, ...journalOf(goodDay.slice(0, -1), { from: 'cloud' }), ...alerts, settled],
  ],
  [12, 'a quarantine that nobody is called to', [...own, ...copy, alert(null), settled]],
  [
    12,
    'a door unseen when all is over',
    [...journalOf([...goodDay, restart as unknown as (typeof goodDay)[number]]), ...alerts, settled],
  ],
  [
    15,
    'a seed that comes out in two ways',
    [
      { kind: 'trace', seed: 1, hash: 'a' },
      { kind: 'trace', seed: 1, hash: 'b' },
    ],
  ],
  [17, 'a call for help without an alert', [...own, ...copy, alert(doors.large), settled]],
]

describe('all that a run can tell, in good order,', () => {
  it('breaks no law', () => {
    const records = [
      ...own,
      ...copy,
      ...signed,
      ...alerts,
      ...outward,
      { kind: 'trace', seed: 1, hash: 'a' } as const,
      settled,
    ]
    expect(judged(records).violations).toEqual([])
  })

  it('is read back from its lines', () => {
    for (const record of [...own, ...signed, ...alerts, ...outward, settled])
      expect(readRecord(JSON.stringify(record))).toEqual(record)
  })

  it.each([
    '',
    '{}',
    '[]',
    'null',
    '{"kind":"entry"}',
    '{"kind":"sermon"}',
    '{"kind":"end","seq":"1"}',
    `{"kind":"${parcel}"`,
  ])('is no record: %s', (line) => {
    expect(readRecord(line)).toBeUndefined()
  })
})

describe('a run is caught with', () => {
  it.each(broken)('law %i: %s', (law, _, records) => {
    expect(lawsBroken(records)).toContain(law)
  })
})
