import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { eventually, testLayout, type WrittenEvent } from '../../cabinets/cabinets.testing.ts'
import { startReceiver } from '../../carriers/carriers.testing.ts'
import { doorOf, writeDeposit } from '../deposit.testing.ts'
import { codeIn, type Installed, json, openTown, type Town } from '../town.testing.ts'

/** Every second one is collected before the network is back. A hundred of them took 72 s on two busy cores. */
const deposits = 24
const doors = 25
/** The recipient stands at the door: five seconds are the promise, from the courier's post to the message. */
const codeWithinMs = 5_000
const mergedWithinMs = 30_000

describe('a day without the cabinet’s network', () => {
  let town: Town
  let sf: Awaited<ReturnType<Town['addCarrier']>>
  let courier: PersonId
  let cookie: Readonly<Record<string, string>>
  let installed: Installed
  let inbox: Awaited<ReturnType<typeof startReceiver>>

  beforeAll(async () => {
    town = await openTown('memory')
    sf = await town.addCarrier('sf')
    const { operator } = await town.addStaff('Town')
    courier = await town.addCourier('+8613900000031', sf.carrier)
    cookie = await town.signIn('courier', '+8613900000031')
    installed = await town.install(operator, 1, doors)
    inbox = await startReceiver(() => ({ status: 200 }))
    await town.call('/v1/webhook-endpoints', { headers: sf.headers, body: { url: inbox.url } })
    installed.script.write({ type: 'layoutTaken', layout: testLayout(doors), at: runningMs(0) })
    await installed.script.sendFacts()
    await eventually(() => watermark() === 1)
  })
  afterAll(async () => {
    await inbox.close()
    await town.close()
  })

  const watermark = () => Math.max(0, ...installed.script.acks.map((ack) => ack.watermark))
  const numberOf = (n: number): string => `SF7100000000${String(100 + n)}`
  const phoneOf = (n: number): string => `+86137000${String(10_000 + n)}`
  /** Those that tell the code; the scripted cabinet's clock stands in 1970, so that reminders come as well. */
  const lettersTo = (n: number) =>
    new Map(
      town.tray.letters
        .filter(
          ({ to, text }) => to === phoneOf(n) && text.includes('Your parcel is at') && text.includes('123 456 782'),
        )
        .map((each) => [each.id, each]),
    )
  const carry = async (bytes: Uint8Array) =>
    await town.call('/v1/courier/carried', { headers: cookie, body: { kind: 'facts', bytes: base64FromBytes(bytes) } })

  const announce = async (n: number): Promise<void> => {
    const headers = { ...sf.headers, 'idempotency-key': `offline-${n}` }
    const body = { trackingNumber: numberOf(n), recipient: { phone: phoneOf(n), locale: 'en' } }
    expect(codeIn(await town.call('/v1/parcels', { headers, body }))).toBe('201')
  }

  it('the phone brings every code within seconds, the journal joins it, and nothing is told twice', async () => {
    let seq = 1
    const write = (events: readonly WrittenEvent[]): number => {
      installed.script.write(...events)
      seq += events.length
      return seq
    }
    const tookMs: number[] = []
    for (let n = 0; n < deposits; n += 1) {
      await announce(n)
      const door = doorOf(installed.cabinet, installed, n)
      const given = { carrier: sf.carrier, courier, door, numbers: [numberOf(n)] }
      const made = await writeDeposit(town, installed, given)
      const from = seq
      write(made.made)
      const told = made.made.flatMap((event, i) => (isTold(event) ? [from + i + 1] : []))
      const bytes = installed.script.carry(made.deposit, told)
      const began = performance.now()
      expect(json(await carry(bytes))).toEqual({ deposit: made.deposit, fresh: true })
      await eventually(() => lettersTo(n).size === 1)
      tookMs.push(performance.now() - began)
      expect(json(await carry(bytes))).toMatchObject({ fresh: false })
      if (n % 2 === 0) write(made.collected)
    }
    expect(Math.max(...tookMs)).toBeLessThan(codeWithinMs)
    expect(watermark()).toBe(1)

    const back = performance.now()
    await installed.script.sendFacts(2)
    await eventually(() => watermark() === seq)
    const ended = async (state: string) =>
      (await town.rows<{ n: number }>('select count(*) as n from parcel where state = $1', [state]))[0]?.n
    await eventually(async () => (await ended('collected')) === deposits / 2)
    expect(performance.now() - back).toBeLessThan(mergedWithinMs)
    await eventually(() => new Set(inbox.received.map(({ body }) => body)).size >= deposits * 2.5)
    const webhooks = new Map(inbox.received.map(({ body }) => [eventIn(body).id, eventIn(body).what]))
    expect(new Set(webhooks.values()).size).toBe(webhooks.size)
    const types = await town.rows<{ type: string; n: number }>(
      `select type, count(*) as n from parcel_event where type <> 'overdue' group by type order by type`,
    )
    expect(types).toEqual([
      { type: 'announced', n: deposits },
      { type: 'collected', n: deposits / 2 },
      { type: 'deposited', n: deposits },
    ])
    for (let n = 0; n < deposits; n += 1) expect(lettersTo(n).size).toBe(1)
    expect(
      await town.rows("select from outbox where topic = 'cabinet-health' and payload->>'change' = 'journal-forked'"),
    ).toEqual([])
  }, 120_000)

  it('what the phone brings only after the journal is known, and changes nothing', async () => {
    await announce(999)
    const door = doorOf(installed.cabinet, installed, 24)
    const late = await writeDeposit(town, installed, {
      carrier: sf.carrier,
      courier,
      door,
      numbers: [numberOf(999)],
    })
    const from = watermark()
    installed.script.write(...late.made)
    await installed.script.sendFacts(from + 1)
    await eventually(() => watermark() === from + late.made.length)
    await eventually(() => lettersTo(999).size === 1)
    const told = late.made.flatMap((event, i) => (isTold(event) ? [from + i + 1] : []))
    expect(json(await carry(installed.script.carry(late.deposit, told)))).toEqual({
      deposit: late.deposit,
      fresh: false,
    })
    expect(lettersTo(999).size).toBe(1)
  })
})

const toldTypes = new Set(['depositBegun', 'depositPrepared', 'depositMade'])
const isTold = (event: WrittenEvent): boolean => toldTypes.has('event' in event ? event.event.type : event.type)

function eventIn(body: string): { readonly id: string; readonly what: string } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own events.
  const { id, type, data } = JSON.parse(body) as { id: string; type: string; data: { parcel: string } }
  return { id, what: `${type} ${data.parcel}` }
}
