import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonId } from '@holdfast/core/values/ids.ts'
import { minutes, runningMs } from '@holdfast/core/values/instants.ts'
import { eventually, testLayout, type WrittenEvent } from '../cabinets/cabinets.testing.ts'
import { startReceiver } from '../carriers/carriers.testing.ts'
import { doorOf, writeDeposit } from './deposit.testing.ts'
import { codeIn, type Installed, json, openTown, type Town } from './town.testing.ts'

const steps = ['announce', 'deposit', 'pickup'] as const
type Step = (typeof steps)[number]
const parts = ['database', 'broker'] as const
type Part = (typeof parts)[number]

describe('while a part of the house is gone', () => {
  let town: Town
  let sf: Awaited<ReturnType<Town['addCarrier']>>
  let courier: PersonId
  let installed: Installed
  let inbox: Awaited<ReturnType<typeof startReceiver>>
  let written = 0
  let n = 0

  beforeAll(async () => {
    town = await openTown('memory')
    sf = await town.addCarrier('sf')
    const { operator } = await town.addStaff('Town')
    courier = await town.addCourier('+8613900000021', sf.carrier)
    installed = await town.install(operator, 1, 12)
    inbox = await startReceiver(() => ({ status: 200 }))
    await town.call('/v1/webhook-endpoints', { headers: sf.headers, body: { url: inbox.url } })
    await installed.script.beat()
    await arrives({ type: 'layoutTaken', layout: testLayout(12), at: runningMs(0) })
  })
  afterAll(async () => {
    town.cutBroker(false)
    await inbox.close()
    await town.close()
  })

  const watermark = () => Math.max(0, ...installed.script.acks.map((ack) => ack.watermark))
  /** Sends from the last acknowledged on, as a terminal does after every silence. */
  const send = async () => await installed.script.sendFacts(watermark() + 1).catch(() => undefined)
  const write = async (...events: readonly WrittenEvent[]): Promise<void> => {
    installed.script.write(...events)
    written += events.length
    await send()
  }
  const arrives = async (...events: readonly WrittenEvent[]): Promise<void> => {
    await write(...events)
    await eventually(() => watermark() === written)
  }
  const cut = (part: Part, gone: boolean): void => (part === 'database' ? town.cutDatabase(gone) : town.cutBroker(gone))
  /** The work is begun with the part there, and it goes while the work runs. */
  const through = async (part: Part | undefined, work: () => Promise<void>): Promise<void> => {
    if (part === undefined) return await work()
    cut(part, true)
    await work()
    const acknowledged = watermark()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(watermark()).toBe(acknowledged)
    town.clock.leap(minutes(1))
    cut(part, false)
  }
  const announce = async (trackingNumber: string, phone: string) => {
    const headers = { ...sf.headers, 'idempotency-key': trackingNumber }
    return await town.call('/v1/parcels', { headers, body: { trackingNumber, recipient: { phone, locale: 'en' } } })
  }

  const tell = async (part: Part, at: Step) => {
    n += 1
    const [number, phone] = [`SF70000000000${10 + n}`, `+86138000001${10 + n}`]
    const when = (step: Step): Part | undefined => (step === at ? part : undefined)
    await through(when('announce'), async () => {
      const reply = codeIn(await announce(number, phone))
      expect(reply).toBe(when('announce') === 'database' ? '503 unavailable' : '201')
    })
    // The same key again: what was acknowledged stays, what was not is made now.
    const parcel = String(json(await announce(number, phone))['id'])
    const door = doorOf(installed.cabinet, installed, n)
    const deposit = await writeDeposit(town, installed, { carrier: sf.carrier, courier, door, numbers: [number] })
    await through(when('deposit'), async () => await write(...deposit.made))
    await eventually(async () => {
      await send()
      return watermark() === written
    })
    const letters = () => once(town.tray.letters.filter(({ to }) => to === phone))
    await eventually(() => letters().length > 0)
    await through(when('pickup'), async () => await write(...deposit.collected))
    await eventually(async () => {
      await send()
      return watermark() === written
    })
    const heard = () => once(inbox.received.filter(({ body }) => body.includes(parcel)).map(eventIn))
    await eventually(() => heard().length >= 3)
    return { number, parcel, letters, heard }
  }

  it.each(parts.flatMap((part) => steps.map((step) => [part, step] as const)))(
    'the %s at the %s: nothing acknowledged is lost and everything arrives once',
    async (part, step) => {
      const { number, parcel, letters, heard } = await tell(part, step)
      expect(letters()).toHaveLength(1)
      const told = heard()
      expect(told.map(({ type }) => type)).toEqual(['parcel.announced', 'parcel.deposited', 'parcel.collected'])
      expect(told.map(({ data }) => data.sequence)).toEqual([1, 2, 3])
      const rows = await town.rows<{ state: string }>('select state from parcel where number = $1', [number])
      expect(rows).toEqual([{ state: 'collected' }])
      expect(json(await town.call(`/v1/parcels/${parcel}`, { headers: sf.headers }))['state']).toBe('collected')
    },
    40_000,
  )

  it('a commit whose answer was lost is found again under its key', async () => {
    const headers = { ...sf.headers, 'idempotency-key': 'lost' }
    const body = { trackingNumber: 'SF7000000000099', recipient: { phone: '+8613800000199' } }
    const first = town.call('/v1/parcels', { headers, body })
    await eventually(async () => (await town.rows("select from idempotency where key = 'lost'")).length === 1)
    town.cutDatabase(true)
    const lost = await first
    town.cutDatabase(false)
    expect(['201', '503 unavailable']).toContain(codeIn(lost))
    // A call that died without an answer holds its key for a minute.
    town.clock.leap(minutes(2))
    expect(codeIn(await town.call('/v1/parcels', { headers, body }))).toBe('201')
    expect(await town.rows('select from parcel where number = $1', [body.trackingNumber])).toHaveLength(1)
  })
})

type Told = { readonly id: string; readonly type: string; readonly data: { readonly sequence: number } }

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own events.
const eventIn = ({ body }: { readonly body: string }): Told => JSON.parse(body) as Told

/** Whoever receives knows a repetition by its id; what is repeated must say the same (law 10). */
function once<T extends { readonly id: string }>(all: readonly T[]): readonly T[] {
  for (const one of all) expect(all.find(({ id }) => id === one.id)).toEqual(one)
  return [...new Map(all.map((one) => [one.id, one])).values()]
}
