import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testEngines } from '@holdfast/cloud/platform/postgres/db.testing.ts'
import { hours } from '@holdfast/core/values/instants.ts'
import { openCabinet } from '../offline/cabinet.testing.ts'
import {
  carded,
  merged,
  nextMorning,
  type NthParcel,
  parcelOf,
  phoneOf,
  type Scene,
  signInByPhone,
} from '../offline/scene.testing.ts'
import { type Bed, heard, openBed, standAt } from './bed.testing.ts'

const doors = 3

/** The real cloud, its broker, and two real terminals on it: the first is full from its couriers' own deposits. */
describe.each(await testEngines())('a cabinet whose doors are all taken, on $name', ({ open }) => {
  let bed: Bed
  let pier: Scene & ReturnType<typeof standAt>
  const parcels: NthParcel[] = []
  beforeAll(async () => {
    bed = await openBed({ doors, large: 0, wire: 'embedded', openDb: open })
    const { town, operator, front } = bed
    const enrolled = await town.enrol(operator, 2, doors)
    const scene = { ...bed, cabinet: await openCabinet(town, enrolled, 4, front), at: enrolled.cabinet }
    await heard(scene)
    pier = { ...scene, ...standAt(scene) }
    for (let n = 0; n < doors; n += 1) {
      parcels.push(await bed.scanned(n))
      await bed.putIn(parcelOf(bed, n))
    }
  })
  afterAll(async () => {
    pier.kiosk.close()
    await pier.cabinet.stop()
    await bed.close()
  })
  const lettersTo = ({ n }: NthParcel): readonly string[] =>
    bed.town.tray.letters.filter(({ to }) => to === phoneOf(n)).map(({ text }) => text)

  it('has a parcel go to its neighbour by the recipient’s word, asked for at the kiosk, and collected there', async () => {
    const parcel = parcelOf(bed, doors)
    const consentThere = () => pier.cabinet.loop.cards.lookup(parcel.digest)?.consent
    await carded(bed, [parcel])
    await signInByPhone(bed)
    // A sign-in takes the cloud a minute further: who has not been heard since is out of reach, and is not offered.
    await heard(pier)
    await bed.shown(parcel)
    const full = await bed.kiosk.on('size', ({ elsewhere }) => elsewhere !== undefined)
    const places = [{ cabinet: pier.at, name: 'Cabinet 2', room: doors }]
    expect(full).toMatchObject({ problem: 'cabinet-full', elsewhere: { places } })
    bed.kiosk.touch({ kind: 'elsewhere', cabinet: pier.at })
    await bed.kiosk.on('size', ({ elsewhere }) => elsewhere?.asked?.word === 'asked')
    bed.kiosk.touch({ kind: 'finish' })
    await bed.until(() => lettersTo(parcel).length === 1)
    const [asked = ''] = lettersTo(parcel)
    expect(asked).toMatch(/was to go to Cabinet 1\. May .* put it into Cabinet 2/)
    await merged(pier, () => consentThere() !== undefined)
    expect(consentThere()).toBeNull()
    expect(await bed.town.textBack(phoneOf(parcel.n), /Y \d/.exec(asked)?.[0] ?? '')).toBe(202)
    await merged(pier, () => consentThere()?.kind === 'parcel')

    await pier.shown(parcel)
    const { door } = await pier.putIn(parcel)
    expect(lettersTo(parcel).at(-1)).toContain(`Cabinet 2`)
    expect(await bed.told(parcel)).toContain(`deposited ${pier.labelOf(door)}`)
    await pier.takenOut(parcel)
    await merged(pier, async () => (await bed.told(parcel)).at(-1) === `collected ${pier.labelOf(door)}`)
  })

  it('has the one whose parcel waits longest asked to collect, and the door that he leaves is free for the next', async () => {
    const wereAsked = () =>
      parcels.map((parcel) => lettersTo(parcel).filter((text) => text.includes('nearly full')).length)
    // To ten in the morning of Shanghai, four hours from now or more: nobody is woken by such a message.
    const hour = new Date(bed.town.clock.now() + hours(8)).getUTCHours()
    bed.leap(hours(4 + ((24 + 10 - hour - 4) % 24)))
    await bed.town.parcels.tick()
    await bed.until(() => wereAsked().some((times) => times > 0))
    expect(wereAsked()).toEqual([1, 0, 0])
    const [first = fail('nobody')] = parcels
    const door = await bed.takenOut(first)
    await bed.until(() => bed.use(door) === 'free')
    const tomorrow = await nextMorning(bed)
    await signInByPhone(tomorrow)
    await bed.putIn(await bed.scanned(doors + 1))
  })
})

function fail(what: string): never {
  throw new Error(what)
}
