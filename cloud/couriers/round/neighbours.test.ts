import { expect, it } from 'vitest'
import { type CabinetId, type CarrierId, makeId } from '@holdfast/core/values/ids.ts'
import type { Parcel } from '@holdfast/wire/http/parcels.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { AskedWord } from '../../parcels/parcels.ts'
import { aView, createDay, describeDay, start } from '../couriers.testing.ts'

const digestOf = (carrier: CarrierId, number: string) => parcelDigest(createStandInSeals(1), carrier, number)
const at = (metres: number) => ({ position: { latitude: 30 + metres / 111_195, longitude: 120 } })

describeDay('a courier before a full cabinet', (db) => {
  /** Full, with one cabinet beside, one near, one far, one farther, one too small and one that is silent. */
  function full(state: Parcel['state'] = 'expected') {
    const day = createDay(db())
    const { script, place, id, carrier, couriers } = day
    const [person, parcel] = [id('person'), id('parcel')]
    const view = aView({ id: parcel, trackingNumber: 'SF1', state, consent: 'asked' })
    script.views.set(parcel, view)
    script.own.senders.set(parcel, carrier)
    script.set({ free: {} })
    Object.assign(place, { way: at(0) })
    const beside = (name: string, metres: number, free: Record<string, number>, more = {}) => ({
      place: { ...place, cabinet: id('cabinet'), name, siteName: name, way: at(metres), ...more },
      free,
    })
    const near = beside('Near', 200, { M: 1, L: 1 })
    const here = beside('Beside', 900, { XL: 1 }, { siteName: place.siteName, way: { directions: 'to the left' } })
    const [far, farther] = [beside('Far', 400, { L: 2 }), beside('Farther', 2_000, { L: 2 })]
    const silent = { ...beside('Silent', 100, { M: 9 }), online: false }
    script.own.beside = [farther, beside('Small', 50, { S: 9 }), far, silent, here, near]
    const ask = async (plain: object = {}, courier: string = person) => {
      const base = { v: 1, cabinet: place.cabinet, incarnation: id('incarnation'), ask: id('event') } as const
      const digest = digestOf(carrier, 'SF1')
      const asked = {
        ...base,
        kind: 'neighbours',
        parcel: digest,
        deposit: id('deposit'),
        courier,
        sealed: '',
      } as const
      const shown = { carrier, number: 'SF1', size: 'M', ...plain }
      return await script.own.handler?.({ cabinet: place.cabinet, operator: place.operator, ask: asked, plain: shown })
    }
    const list = async () => (await couriers.round(person)).items.map(({ cabinet }) => cabinet)
    return { ...day, person, parcel, view, near, ask, list }
  }

  it('is told the nearest two with a door that fits, how many, and the way as far as it is known', async () => {
    const { ask, near } = full()
    expect(await ask()).toMatchObject({
      neighbours: [
        { name: 'Beside', room: 1, here: true, metres: null, directions: 'to the left' },
        { name: 'Near', room: 2, here: false, metres: 200, cabinet: near.place.cabinet },
      ],
    })
    expect(await ask({ size: 'XL' })).toMatchObject({ neighbours: [{ name: 'Beside' }] })
  })

  it('is told none where nobody has a door', async () => {
    const { ask, script } = full()
    script.own.beside = []
    expect(await ask()).toEqual({ neighbours: [] })
  })

  it.each([
    ['asked', 'asked', 'asked'],
    ['agreed', 'given', 'agreed'],
    ['agreed', 'none', 'agreed'],
  ] as const)('has its recipient asked, who has %s: it stands on his list there', async (word, consent, said) => {
    const { ask, script, near, parcel, view, list } = full()
    script.set({ word })
    script.views.set(parcel, { ...view, consent })
    expect(await ask({ to: near.place.cabinet })).toEqual({ word: said })
    expect(script.elsewhere).toEqual([[near.place.cabinet, parcel]])
    expect(await list()).toEqual([near.place.cabinet])
  })

  it.each<[AskedWord, string]>([
    ['open', 'question-open'],
    ['declined', 'refused-there'],
    ['silent', 'silent-there'],
  ])('is told why not where the word is %s: it stands on his list for here', async (word, refusal) => {
    const { ask, script, near, place, list } = full()
    script.set({ word })
    expect(await ask({ to: near.place.cabinet })).toEqual({ refusal })
    expect(await list()).toEqual([place.cabinet])
  })

  it('has nobody asked about a cabinet without a door, or that is none', async () => {
    const { ask, script } = full()
    const small = script.own.beside[1]?.place.cabinet
    const nowhere: CabinetId = makeId('cabinet', start, new Uint8Array(10).fill(9))
    expect([await ask({ to: small }), await ask({ to: nowhere })]).toEqual([
      { refusal: 'nothing-free-there' },
      { refusal: 'cabinet-not-there' },
    ])
    expect(script.elsewhere).toEqual([])
  })

  it('learns nothing of a parcel that is not his to bring, or not under way', async () => {
    const { ask, script, id } = full()
    script.own.employers = [id('carrier')]
    expect([await ask(), await full('stored').ask()]).toEqual([{}, {}])
    const strange = full()
    strange.script.own.senders.set(strange.parcel, id('carrier'))
    expect(await strange.ask()).toEqual({})
  })

  it.each([[{ number: 'SF2' }], [{ size: 'XXL' }], [{ to: 'Library' }], [{ carrier: 'sf' }]])(
    'that seals %j with another parcel’s digest, or what is none, is not read',
    async (plain) => {
      const { ask, script } = full()
      expect(await ask(plain)).toEqual({ refusal: 'ask-unreadable' })
      expect(script.elsewhere).toEqual([])
    },
  )
})
