import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Card } from '@holdfast/wire/cabinet/desired.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { createSystemClock } from '../../terminal/platform/clock.ts'
import { silentLog } from '../../terminal/platform/log.ts'
import { createKiosk, type Kiosk } from '../../terminal/kiosk/kiosk.ts'
import { listenVirtualScanner, type VirtualScanner } from '../../terminal/peripherals/virtual.ts'
import { createRig, happened, id, type Rig, seals } from '../../terminal/terminal.testing.ts'
import { axeFindings } from '../../tools/browser/axe.ts'
import { launchBrowser, screenshot, watchConsole } from '../../tools/browser/browser.ts'
import { buildApps } from '../build/build.ts'

const out = mkdtempSync(join(tmpdir(), 'holdfast-peak-'))
const [carrier, person] = [id('carrier'), id('person')]
const numbers = Array.from({ length: 12 }, (_, i) => `SF12345678901${String(i).padStart(2, '0')}`)
const flat = { widthMm: 200, heightMm: 30, depthMm: 150 } as const

const cardOf = (number: string, change: Partial<Card> = {}): Card => ({
  parcel: parcelDigest(seals, carrier, number),
  carrier,
  size: 'M',
  box: null,
  lowDoor: false,
  locale: 'en',
  recipient: null,
  tail: '8000',
  consent: { kind: 'parcel', ref: 'con_1' },
  declared: { freshFood: false, valuables: false, agreement: false },
  version: 1,
  ...change,
})

describe('a courier at peak, before the screen of a real terminal', () => {
  let browser: Browser
  let rig: Rig
  let kiosk: Kiosk
  let scanner: VirtualScanner
  let page: Page
  let errors: readonly string[]

  const hold = (text: string): void => {
    const socket = connect(scanner.port, '127.0.0.1', () => socket.end(`${text}\n`))
  }
  const cabinet = () => rig.terminal.loop.cabinet()
  const stored = (): number => [...cabinet().deposits.values()].filter(({ stage }) => stage === 'stored').length
  const opened = async (): Promise<void> => {
    await page.getByRole('heading', { name: /Door A0\d is open$|take the parcel out of A0\d/ }).waitFor()
  }
  const shut = async (): Promise<void> => {
    rig.doors.open.clear()
    await happened(rig.terminal.loop, () => [...cabinet().doors.values()].every(({ position }) => position === 'shut'))
  }
  const signIn = async (): Promise<void> => {
    const nonce = null
    const session = {
      type: 'openCourierSession',
      session: id('session'),
      person,
      carrier,
      via: 'grant',
      nonce,
    } as const
    expect(rig.terminal.loop.submit({ ...session, freshness: 'screen' }).accepted).toBe(true)
    await page.getByRole('heading', { name: 'Scan a parcel' }).waitFor()
  }
  const look = async (name: string): Promise<void> => {
    expect(await axeFindings(page)).toEqual([])
    await screenshot(page, `peak-${name}`)
  }

  beforeAll(async () => {
    await buildApps({ only: ['kiosk'], outFolder: out })
    browser = await launchBrowser()
    rig = await createRig({ acks: true })
    scanner = await listenVirtualScanner(0, createSystemClock())
    const { loop } = rig.terminal
    const ports = { clock: createSystemClock(), seals, log: silentLog, port: 0, folder: join(out, 'kiosk'), scanner }
    kiosk = await createKiosk(loop, ports)
    const settings = {
      siteName: 'North Gate',
      address: '1 Harbour Road',
      operatorName: 'Demo',
      complaintPhone: '400-000-1234',
      retentionHours: 24,
      defaultCountry: 'CN',
      locales: ['en', 'zh', 'ko'],
      phoneOrigin: 'https://parcels.example',
      carriers: [{ id: carrier, code: 'sf-express', name: 'SF Express' }],
      salt: 'c2FsdA',
    }
    const recipient = 'a'.repeat(64)
    const putCards = numbers.map((number, i) => cardOf(number, i < 2 ? { recipient, box: flat } : {}))
    putCards.push(cardOf('SF9999999999999', { size: null }))
    rig.tell('desired', {
      v: 1,
      cabinet: rig.identity.cabinet,
      base: 0,
      version: 1,
      settings,
      putCards,
      dropCards: [],
    })
    const context = await browser.newContext({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' })
    page = await context.newPage()
    errors = watchConsole(page)
    await page.goto(kiosk.url)
    await page.getByRole('button', { name: 'Deliver' }).waitFor()
  })
  afterAll(async () => {
    await browser.close()
    await kiosk.stop()
    scanner.stop()
    await rig.terminal.stop()
    rmSync(out, { recursive: true })
  })

  it('puts two parcels of one recipient behind one door, with no tap', async () => {
    await signIn()
    hold(numbers[0] ?? '')
    await opened()
    hold(numbers[1] ?? '')
    await page.getByText('2 parcels behind this door').waitFor()
    await look('same-door')
    await shut()
    await page.getByRole('heading', { name: 'Scan the next parcel' }).waitFor()
    expect([...cabinet().deposits.values()].map(({ parcels }) => parcels.length)).toEqual([2])
  })

  it('goes on with no tap: scan, put, shut, and the next scan confirms', async () => {
    for (const [i, number] of numbers.slice(2, 5).entries()) {
      hold(number)
      await opened()
      await shut()
      await page.getByRole('heading', { name: 'Scan the next parcel' }).waitFor()
      expect(stored()).toBe(i + 1)
    }
  })

  it('takes the last one out again, and its door is free', async () => {
    hold('SF9999999999999')
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('button', { name: /Take the last one out again/ }).waitFor()
    await look('undo-offered')
    await page.getByRole('button', { name: /Take the last one out again/ }).click()
    await opened()
    await shut()
    await page.getByRole('heading', { name: /^Is A0\d empty now/ }).waitFor()
    await look('undo-shut')
    await page.getByRole('button', { name: 'Yes, it is empty' }).click()
    await page.getByRole('heading', { name: 'Scan a parcel' }).waitFor()
    expect(stored()).toBe(3)
  })

  it('says on the screen whom no message reaches', async () => {
    const [deposit] = cabinet().deposits.keys()
    const order = { v: 1, cabinet: rig.identity.cabinet, order: id('order'), sentAt: 0 }
    rig.tell('order', { ...order, kind: 'notice-missed', person, deposit })
    await page.getByText(/No message reached the recipient of A0\d/).waitFor()
    await look('missed')
  })

  it('waits for a full cabinet: the door asked for is held for its courier alone', async () => {
    for (const number of numbers.slice(5, 10)) {
      hold(number)
      await opened()
      await shut()
      await page.getByRole('heading', { name: 'Scan the next parcel' }).waitFor()
    }
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('parcels put in').first().waitFor()
    await page.getByText('No door is free').first().waitFor({ timeout: 15_000 })
    await look('full')
    expect(stored()).toBe(8)
    await ask(id('person'))
    expect(cabinet().leases).toMatchObject([{ held: null }])
  })

  it('takes out door after door, counting what is left, and the freed door goes to the first in the queue', async () => {
    const listed = [...cabinet().deposits.keys()].slice(0, 2)
    const desired = { v: 1, cabinet: rig.identity.cabinet, base: 1, version: 2, putCards: [], dropCards: [] }
    rig.tell('desired', { ...desired, recalls: listed })
    await signIn()
    await page.getByRole('button', { name: 'Take out 2' }).click()
    await page.getByRole('button', { name: 'Open the first door' }).click()
    await opened()
    await shut()
    await page.getByText('One more door.').first().waitFor()
    await page.getByRole('button', { name: 'Open the next door' }).click()
    await opened()
    await shut()
    await page.getByText('That was the last one.').first().waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page
      .getByText(/2 parcels taken out/)
      .first()
      .waitFor()
    expect(cabinet().leases[0]?.held).not.toBeNull()
    expect(errors).toEqual([])
  })

  it('gives the held door to its courier when he comes', async () => {
    await page.getByRole('button', { name: 'Deliver' }).waitFor({ timeout: 15_000 })
    await ask(person)
    const mine = cabinet().leases.find((lease) => lease.person === person)
    expect(mine?.held).not.toBeNull()
    await signIn()
    hold(numbers[11] ?? '')
    await opened()
    await shut()
    await page.getByRole('heading', { name: 'Scan the next parcel' }).waitFor()
    expect([...cabinet().deposits.values()].some(({ compartment }) => compartment === mine?.held?.compartment)).toBe(
      true,
    )
    expect(cabinet().leases.some((lease) => lease.person === person)).toBe(false)
  })

  /** As the cloud does: asks for a nonce, then for the door. */
  async function ask(who: typeof person): Promise<void> {
    const base = { v: 1, cabinet: rig.identity.cabinet, sentAt: 0 }
    const [question, order] = [id('order'), id('order')]
    rig.tell('order', { ...base, order: question, kind: 'ask-nonce' })
    const answered = await rig.broker.until(({ value }) => value['order'] === question && 'nonce' in value)
    const acting = { incarnation: rig.identity.incarnation, nonce: answered.value['nonce'], staff: id('staff') }
    rig.tell('order', {
      ...base,
      ...acting,
      order,
      kind: 'hold',
      reason: 'on the way',
      person: who,
      carrier,
      size: 'M',
    })
    await happened(rig.terminal.loop, () => cabinet().leases.some((lease) => lease.order === order))
  }
})
