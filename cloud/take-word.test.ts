import { describe, expect, it } from 'vitest'
import { makeId, type ParcelId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { phone as phoneOf } from './people/people.testing.ts'
import type { RecipientParcel } from '@holdfast/wire/http/parcels.ts'
import type { Message } from './notices/notices.ts'
import { takeWord } from './take-word.ts'

const phone = phoneOf('+8613812345678')
const idOf = (n: number) => makeId('parcel', instant(1_770_000_000_000), new Uint8Array(10).fill(n))
const depositOf = (n: number) => makeId('deposit', instant(1_770_000_000_000), new Uint8Array(10).fill(n))
const compartment = makeId('compartment', instant(1), new Uint8Array(10))
const cabinet = makeId('cabinet', instant(1), new Uint8Array(10))

type At = {
  readonly n: number
  readonly label?: string
  readonly name?: string
  readonly deposit?: number
  /** Refused: a question before this one was left unanswered. */
  readonly stands?: number
}

function parcelAt({ n, label, name = 'Gate', deposit = n, stands }: At): RecipientParcel {
  const waits = label !== undefined
  const isPlaced = waits || stands !== undefined
  return {
    id: idOf(n),
    trackingNumber: `SF000000000${1000 + n}`,
    carrierName: 'SF Express',
    state: waits ? 'stored' : 'expected',
    consent: waits ? 'given' : 'asked',
    place: isPlaced ? { cabinet, name, siteName: 'East', address: '1 Main Street' } : null,
    door: waits ? { compartment, label, size: 'M' } : null,
    deposit: waits ? depositOf(deposit) : null,
    code: null,
    storedAt: null,
    dueAt: null,
    endedAt: null,
    complaintPhone: isPlaced ? '400' : null,
    cabinetOnline: null,
  }
}

const questionOf = (number: number | undefined) =>
  number === undefined ? null : { about: cabinet, at: instant(1), number, insteadOf: null, silent: [] }

/** What one reply did to whoever has these parcels. */
async function replied(reply: string, about: string | undefined, ...parcels: readonly At[]) {
  const all = parcels.map(parcelAt)
  const did: string[] = []
  const sent: Message[] = []
  const nameOf = (parcel: ParcelId): number => parcels[all.findIndex(({ id }) => id === parcel)]?.n ?? -1
  const standing = (parcel: ParcelId) => parcels.find(({ n }) => n === nameOf(parcel))?.stands
  const word = reply === 'wrong' ? 'notMine' : reply === 'yes' ? 'accept' : 'decline'
  await takeWord(
    {
      parcels: {
        recipientParcels: async () => ({
          expected: all.filter(({ state }) => state === 'expected'),
          waiting: all.filter(({ state }) => state === 'stored'),
          past: [],
        }),
        recordConsent: async ({ parcel, accept, meant }) => {
          const number = meant?.number === undefined ? '' : ` as answer ${meant.number}`
          const stands = standing(parcel)
          const isLate = stands !== undefined && accept && meant?.number !== stands
          did.push(`${isLate ? 'refused' : accept ? 'accept' : 'decline'} ${nameOf(parcel)}${number}`)
          return isLate ? { ok: false, refusal: 'question-changed' } : { ok: true, value: undefined }
        },
        disown: async (_, parcel) => {
          did.push(`freeze ${nameOf(parcel)}`)
          return { ok: true, value: undefined }
        },
        recipientOf: async (parcel) => ({
          parcel,
          carrier: makeId('carrier', instant(1), new Uint8Array(10)),
          trackingNumber: '',
          phone,
          email: null,
          addressAlone: false,
          locale: 'ko',
          deposit: null,
          dueAt: null,
          question: questionOf(standing(parcel)),
        }),
      },
      send: async (message) => void sent.push(message),
    },
    { phone, word, reply: 'r1', ...(about === undefined ? {} : { about }) },
  )
  return { did, asked: sent.map(({ content }) => content), sent }
}

const [a, b] = [
  { n: 1, label: 'A07' },
  { n: 2, label: 'B02', name: 'Yard' },
]
const asks = (example: string, list: string) => [{ template: 'which-not-mine', list, example }]
const both = asks('A07', 'A07 (Gate, …1001); B02 (Yard, …1002)')

describe('"not mine" by text', () => {
  it.each([
    ['of the only parcel', undefined, [a], ['freeze 1'], []],
    ['of what lies behind one door, as one', undefined, [a, { n: 3, label: 'A07', deposit: 1 }], ['freeze 1'], []],
    ['of a door that it names', 'B02', [a, b], ['freeze 2'], []],
    ['of a door that has a dash', 'B02', [a, { ...b, label: 'B-02' }], ['freeze 2'], []],
    ['of a number’s end', '1002', [a, b], ['freeze 2'], []],
    ['of nothing that it names', undefined, [a, b], [], both],
    ['of a door where nothing of theirs waits', 'C09', [a, b], [], both],
    ['of the one parcel, by another door’s name', 'C09', [a], [], asks('A07', 'A07 (Gate, …1001)')],
    ['of too few figures', '02', [a, b], [], both],
    [
      'of a door that two cabinets have',
      'A07',
      [a, { n: 2, label: 'A07', name: 'Yard' }],
      [],
      asks('1001', 'A07 (Gate, …1001); A07 (Yard, …1002)'),
    ],
    ['of nothing at all', undefined, [], [], []],
  ] as const)('%s', async (_, about, parcels, did, asked) => {
    const happened = await replied('wrong', about, ...parcels)
    expect([happened.did, happened.asked]).toEqual([did, asked])
  })

  it('is asked about once for one reply, in the recipient’s language, by text alone', async () => {
    const { sent } = await replied('wrong', undefined, a, b)
    expect(sent).toEqual([expect.objectContaining({ key: 'which/r1', to: { phone }, locale: 'ko' })])
  })

  it('is a no to a question only where nothing waits', async () => {
    expect((await replied('wrong', undefined, { n: 5 })).did).toEqual(['decline 5'])
    expect((await replied('wrong', undefined, { n: 5 }, a)).did).toEqual(['freeze 1'])
  })
})

it.each([
  ['yes', '2', ['accept 5 as answer 2']],
  ['no', '2', ['decline 5 as answer 2']],
  ['yes', '6789', ['accept 5']],
  ['yes', 'A07', ['accept 5']],
] as const)('a %s to %s names the question by its number alone', async (reply, about, did) => {
  expect((await replied(reply, about, { n: 5 })).did).toEqual(did)
})

it('answers every question with a yes or a no, and freezes nothing', async () => {
  expect((await replied('yes', undefined, a, { n: 5 }, { n: 6 })).did).toEqual(['accept 5', 'accept 6'])
  expect((await replied('no', undefined, a, { n: 5 })).did).toEqual(['decline 5'])
})

describe('a yes that may be to an earlier question', () => {
  const late = (n: number, number: number) => ({
    template: 'yes-too-late',
    tail: String(1000 + n),
    cabinet: 'Gate',
    address: '1 Main Street',
    number,
    complaintPhone: '400',
  })
  const asked = { n: 5, stands: 2 }
  it.each([
    ['bare', 'yes', undefined, [asked], ['refused 5'], [late(5, 2)]],
    ['by the former’s number', 'yes', '1', [asked], ['refused 5 as answer 1'], [late(5, 2)]],
    ['by its own number', 'yes', '2', [asked], ['accept 5 as answer 2'], []],
    [
      'about the one of two that it may be late for',
      'yes',
      undefined,
      [asked, { n: 6 }],
      ['refused 5', 'accept 6'],
      [late(5, 2)],
    ],
    [
      'about both',
      'yes',
      undefined,
      [asked, { n: 6, stands: 3 }],
      ['refused 5', 'refused 6'],
      [late(5, 2), late(6, 3)],
    ],
    ['that is a no', 'no', undefined, [asked], ['decline 5'], []],
  ] as const)('%s, is answered where it counts for nothing', async (_, reply, about, parcels, did, told) => {
    const happened = await replied(reply, about, ...parcels)
    expect([happened.did, happened.asked]).toEqual([did, told])
  })

  it('is answered once for each parcel, in the recipient’s language, by text alone', async () => {
    const { sent } = await replied('yes', undefined, asked, { n: 6, stands: 3 })
    expect(sent.map(({ key, to, locale }) => [key, to, locale])).toEqual(
      [5, 6].map((n) => [`late/r1/${idOf(n)}`, { phone }, 'ko']),
    )
  })
})
