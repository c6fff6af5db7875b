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

type At = { readonly n: number; readonly label?: string; readonly name?: string; readonly deposit?: number }

function parcelAt({ n, label, name = 'Gate', deposit = n }: At): RecipientParcel {
  const waits = label !== undefined
  return {
    id: idOf(n),
    trackingNumber: `SF000000000${1000 + n}`,
    carrierName: 'SF Express',
    state: waits ? 'stored' : 'expected',
    consent: waits ? 'given' : 'asked',
    place: waits ? { cabinet, name, siteName: 'East', address: '1 Main Street' } : null,
    door: waits ? { compartment, label, size: 'M' } : null,
    deposit: waits ? depositOf(deposit) : null,
    code: null,
    storedAt: null,
    dueAt: null,
    endedAt: null,
    complaintPhone: null,
    cabinetOnline: null,
  }
}

/** What one reply did to whoever has these parcels. */
async function replied(reply: string, about: string | undefined, ...parcels: readonly At[]) {
  const all = parcels.map(parcelAt)
  const did: string[] = []
  const sent: Message[] = []
  const nameOf = (parcel: ParcelId): number => parcels[all.findIndex(({ id }) => id === parcel)]?.n ?? -1
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
          did.push(`${accept ? 'accept' : 'decline'} ${nameOf(parcel)}${number}`)
          return { ok: true, value: undefined }
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
          locale: 'ko',
          deposit: null,
          dueAt: null,
          question: null,
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
