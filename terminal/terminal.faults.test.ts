import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { after, type DurationMs, instant, minutes } from '@holdfast/core/values/instants.ts'
import type { DepositId } from '@holdfast/core/values/ids.ts'
import { packagedSqlite } from './journal/engine.ts'
import { openJournal } from './journal/open.ts'
import { createMemoryDisk, createMemoryStore } from './journal/store.memory.ts'
import { createSqliteStore } from './journal/store.sqlite.ts'
import {
  begin,
  cloud,
  createDoors,
  createRig,
  happened,
  id,
  newIdentity,
  type Rig,
  seals,
  signIn,
} from './terminal.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-faults-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const rigs: Rig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.terminal.stop()
})
const keep = (rig: Rig): Rig => {
  rigs.push(rig)
  return rig
}

/** One parcel through the first door; its first plain code, as only the cloud can read it. */
async function stored(rig: Rig, tail: string | null = null): Promise<{ deposit: DepositId; code: string }> {
  const { loop } = rig.terminal
  const [session, deposit] = [id('session'), id('deposit')]
  loop.submit([signIn(session), begin(session, deposit)])
  await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle === 'open')
  expect(await loop.prepareCodes({ deposit, parcels: [], phone: null, tail })).toMatchObject({ accepted: true })
  rig.doors.open.clear()
  await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle === 'shut')
  const done = loop.submit([
    { type: 'confirmDeposit', session, deposit },
    { type: 'endSession', session },
  ])
  expect(done).toMatchObject({ accepted: true })
  return { deposit, code: await codeOf(rig, deposit) }
}

async function codeOf({ broker, identity }: Rig, deposit: DepositId): Promise<string> {
  const { value } = await broker.until(({ channel, value: header }) => {
    const privates = header['privates']
    return channel === 'facts' && Array.isArray(privates) && privates.length > 0
  })
  const [part] = value['privates'] as { blob: string }[]
  const context = { kind: 'deposit-private', cabinet: identity.cabinet, deposit }
  const plain = await seals.open(cloud.sealing.privateKey, context, Buffer.from(part?.blob ?? '', 'base64url'))
  const { codes } = JSON.parse(new TextDecoder().decode(plain)) as { codes: { code: string }[] }
  return codes[0]?.code ?? ''
}

type Lasting = Pick<Rig, 'identity' | 'doors'> & { readonly disk: ReturnType<typeof createMemoryDisk> }

/** Between two starts: what people typed, and how long the cabinet ran. */
function meanwhile({ disk, identity }: Lasting, wrong: number, ranMs: DurationMs): void {
  const { keys, incarnation } = identity
  const journal = openJournal({ store: createMemoryStore(disk), seals, keys, incarnation })
  const { running } = journal.load()
  for (let attempt = 1; attempt <= wrong; attempt += 1) {
    const typed = { type: 'codeAttempted', attempt, step: 'code', at: running }
    const judged = { type: 'codeRejected', attempt, at: running }
    journal.append({ running, wall: instant(0), trusted: false }, [{ event: typed }, { event: judged }])
  }
  journal.saveRunning(after(running, ranMs))
}

describe('the step-up', () => {
  it('after 60 wrong codes and restarts refuses the code alone, and opens for it with the last four digits', async () => {
    const lasting: Lasting = { disk: createMemoryDisk(), identity: newIdentity(), doors: createDoors() }
    const first = await createRig({ ...lasting, acks: true })
    const { deposit, code } = await stored(first, '4711')
    await first.terminal.stop()
    meanwhile(lasting, 60, minutes(16))
    const second = await createRig({ ...lasting, acks: true })
    expect(await second.terminal.loop.enterCode(code)).toEqual({ outcome: 'refused', refusal: 'keypad-needs-tail' })
    expect(await second.terminal.loop.enterCode(code, '4712')).toEqual({ outcome: 'wrong' })
    await second.terminal.stop()
    meanwhile(lasting, 0, minutes(16))
    const { loop } = keep(await createRig({ ...lasting, acks: true })).terminal
    expect(loop.cabinet().keypad.tailWrongAt).toHaveLength(1)
    expect(lasting.doors.pulses).toEqual([1])
    expect(await loop.enterCode(code, '4711')).toMatchObject({ outcome: 'opened', deposit })
    await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle === 'open')
    expect(lasting.doors.pulses).toEqual([1, 1])
  })
})

describe('a full disk', () => {
  it('stops deposits and says so, and gives parcels back out of the reserve', async () => {
    const { DatabaseSync } = await packagedSqlite()
    const engine = new DatabaseSync(join(folder, 'full.sqlite'))
    const store = createSqliteStore(engine)
    const pages = (): number => Number(engine.prepare('PRAGMA page_count').get()?.['page_count'])
    const limit = (to: number): void => engine.exec(`PRAGMA max_page_count = ${to}`)
    let held = true
    const reserve = {
      release: () => {
        if (held) limit(pages() + 64)
        return held && !(held = false)
      },
      refill: () => held,
    }
    const rig = keep(await createRig({ store: () => store, reserve, acks: true }))
    const { loop } = rig.terminal
    const { deposit, code } = await stored(rig)
    limit(pages())
    for (let turn = 0; loop.journalHealth() === 'ok' && turn < 500; turn += 1) {
      loop.observe({ type: 'serviceSwitchSeen', closed: turn % 2 === 0 })
    }
    expect(loop.journalHealth()).toBe('full')
    const session = id('session')
    expect(loop.submit(signIn(session))).toMatchObject({ accepted: true })
    expect(loop.submit(begin(session, id('deposit')))).toEqual({ accepted: false, refusal: 'journal-full' })
    loop.submit({ type: 'endSession', session })
    expect(await loop.enterCode(code)).toMatchObject({ outcome: 'opened', deposit })
    await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle === 'open')
    expect(loop.journalHealth()).toBe('full')
  })
})

describe('a clock a year off', () => {
  const year = 365 * 86_400_000

  it.each([
    ['behind', -year],
    ['ahead', year],
  ])('%s costs nobody a parcel or an order, and no entry calls itself trusted', async (_name, off) => {
    const rig = keep(await createRig({ acks: true, wall: () => Date.now() + off }))
    const { loop } = rig.terminal
    const { deposit, code } = await stored(rig)
    const asked = { v: 1, cabinet: rig.identity.cabinet, sentAt: Date.now() }
    rig.tell('order', { ...asked, order: id('order'), kind: 'ask-nonce' })
    const { value } = await rig.broker.until(({ value: answer }) => answer['nonce'] !== undefined)
    const order = { ...asked, order: id('order'), kind: 'open', incarnation: rig.identity.incarnation }
    const where = { compartment: rig.identity.layout.compartments[3]?.id, epoch: 0, service: false }
    rig.tell('order', { ...order, ...where, nonce: value['nonce'], staff: id('staff'), reason: 'a look' })
    await rig.broker.until(({ value: answer }) => answer['order'] === order.order && answer['outcome'] === 'opened')
    expect(await loop.enterCode(code)).toMatchObject({ outcome: 'opened', deposit })
    await happened(loop, () => loop.cabinet().deposits.get(deposit)?.cycle === 'open')
    const lines = rig.broker.up
      .filter(({ channel }) => channel === 'facts')
      .flatMap((message) => message.lines.slice(1))
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.filter((line) => line.includes('"trusted":true'))).toEqual([])
  })
})

describe('garbage on the serial bus', () => {
  it('opens nothing, makes no door open or shut, and is not answered by a second pulse', async () => {
    const doors = createDoors()
    const noise = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 40 }), { numRuns: 500, seed: 5 })
    let noisy = false
    let said = 0
    const clean = doors.electrical.distort
    doors.electrical.distort = (bytes) => (noisy ? (noise[(said += 1) % noise.length] ?? bytes) : clean(bytes))
    const rig = keep(await createRig({ doors, acks: true }))
    const { loop } = rig.terminal
    const session = id('session')
    loop.submit(signIn(session))
    const seen: string[] = []
    loop.onEvents((events) => seen.push(...events.map(({ type }) => type)))
    noisy = true
    expect(loop.submit(begin(session, id('deposit')))).toMatchObject({ accepted: true })
    await happened(loop, () => seen.some((type) => type === 'doorNotOpened' || type === 'doorOutcomeUnknown'))
    expect(seen.filter((type) => type === 'doorOpened' || type === 'doorShut' || type === 'doorUnlatched')).toEqual([])
    noisy = false
    await happened(loop, () => [...loop.cabinet().doors.values()].every(({ position }) => position !== 'unseen'))
    expect(doors.pulses).toEqual([])
    expect([...loop.cabinet().compartments.values()].filter(({ use }) => use === 'suspect')).toHaveLength(1)
  })
})
