import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { grantText, signGrant } from '@holdfast/wire/seals/grant.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import { createSystemClock } from '../../terminal/platform/clock.ts'
import { silentLog } from '../../terminal/platform/log.ts'
import { createKiosk, type Kiosk } from '../../terminal/kiosk/kiosk.ts'
import { serveScreen, type ScreenServer } from '../../terminal/kiosk/server/server.ts'
import { listenVirtualScanner, type VirtualScanner } from '../../terminal/peripherals/virtual.ts'
import { cloud, createRig, id, newIdentity, type Rig, seals } from '../../terminal/terminal.testing.ts'
import { axeFindings } from '../../tools/browser/axe.ts'
import { launchBrowser, screenshot, watchConsole } from '../../tools/browser/browser.ts'
import { buildApps } from '../build/build.ts'

const out = mkdtempSync(join(tmpdir(), 'holdfast-kiosk-'))
const folder = join(out, 'kiosk')
const size = { width: 1080, height: 1920 }
let browser: Browser

beforeAll(async () => {
  await buildApps({ only: ['kiosk'], outFolder: out })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  rmSync(out, { recursive: true })
})

const openPage = async (url: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(url)
  return page
}

describe('every screen', () => {
  const examples = new URL('../../wire/examples/', import.meta.url)
  const read = <Value>(name: string): Value => JSON.parse(readFileSync(new URL(name, examples), 'utf8')) as Value
  const names = readdirSync(examples).filter((name) => name.startsWith('kiosk-show'))
  const site = read<Site>('kiosk-site.1.json')
  let server: ScreenServer
  let first: readonly [Site, Show]
  const listen = async (): Promise<void> => {
    server = await serveScreen({
      port: 0,
      folder,
      token: 'token',
      same: (left, right) => left === right,
      clock: createSystemClock(),
      log: silentLog,
      first: () => first,
      input: () => true,
    })
  }

  it.each([
    ['zh', false],
    ['ko', false],
    ['en', true],
  ] as const)(
    'has nothing for axe and nothing cut off, in %s (high contrast and large text: %s)',
    async (locale, large) => {
      const place = site.place && {
        ...site.place,
        locales: [locale, ...site.place.locales.filter((one) => one !== locale)],
      }
      first = [{ ...site, place }, read<Show>(names[0] ?? '')]
      await listen()
      const page = await openPage(server.url)
      const errors = watchConsole(page)
      await page.waitForSelector('.kiosk')
      const findings: string[] = []
      for (const [i, name] of names.entries()) {
        const show = read<Show>(name)
        server.tell(show)
        await page.waitForSelector(`[data-screen="${show.screen.kind}"]`)
        if (large && (await page.evaluate(() => document.documentElement.dataset['theme'])) !== 'contrast') {
          for (const i of [0, 1]) await page.locator('.hf-access button').nth(i).click()
        }
        // What axe judges does not hang on the language: every plain screen once, and every one in high contrast.
        const looks = large || i % 2 === (locale === 'zh' ? 0 : 1)
        for (const finding of looks ? await axeFindings(page) : []) findings.push(`${name}: ${finding}`)
        const cut = await page.evaluate(() => {
          const screen = document.querySelector('.kiosk-screen')
          return screen === null || screen.scrollHeight > screen.clientHeight || document.body.scrollWidth > innerWidth
        })
        if (cut && !large) findings.push(`${name}: is cut off`)
        await screenshot(page, `kiosk-${locale}${large ? '-large' : ''}-${name.split('.')[2] ?? ''}`)
      }
      if (!large) {
        server.tell({ ...read<Show>('kiosk-show.1.pickup-open.json'), night: { volumePercent: 30 } })
        await page.waitForSelector('[data-theme="dark"]')
        await page.waitForSelector('[data-screen="pickup-door"]')
        for (const finding of await axeFindings(page)) findings.push(`night: ${finding}`)
        await screenshot(page, `kiosk-${locale}-night`)
        server.tell({ ...read<Show>('kiosk-show.1.idle.json'), night: { volumePercent: 30, brightnessPercent: 60 } })
        await page.waitForSelector('[data-dim="yes"] [data-screen="idle"]')
        for (const finding of await axeFindings(page)) findings.push(`dimmed: ${finding}`)
        await screenshot(page, `kiosk-${locale}-night-alone`)
        await page.mouse.click(540, 300)
        await page.waitForSelector('[data-dim="no"] [data-screen="idle"]')
      }
      // The keypad rests, the network is away, and the sheet lies over it all.
      server.tell({ ...read<Show>('kiosk-show.1.code-paused.json'), online: false })
      await page.waitForSelector('.kiosk-offline')
      for (const finding of await axeFindings(page)) findings.push(`paused and offline: ${finding}`)
      await page.locator('[data-mark="help"], .kiosk-bottom > .hf-button').last().click()
      await page.waitForSelector('dialog[open]')
      for (const finding of await axeFindings(page)) findings.push(`help, paused and offline: ${finding}`)
      await screenshot(page, `kiosk-${locale}-help-paused`)
      expect(findings).toEqual([])
      expect(errors).toEqual([])
      await page.context().close()
      await server.stop()
    },
    600_000,
  )

  it('is gone when the terminal is, comes back with it, and yields to another page', async () => {
    first = [site, read<Show>('kiosk-show.1.idle.json')]
    await listen()
    const page = await openPage(server.url)
    await page.waitForSelector('.idle-doors')
    const other = await openPage(server.url)
    await other.waitForSelector('.idle-doors')
    await page.getByRole('button', { name: '使用本屏' }).click()
    await page.waitForSelector('.idle-doors')
    await page.context().close()
    await other.getByRole('button', { name: '使用本屏' }).click()
    await other.waitForSelector('.idle-doors')
    await server.stop()
    await other.getByText('请稍候').first().waitFor()
    const { complaintPhone = '' } = site.place ?? {}
    await other.getByText(complaintPhone).waitFor()
    await other.getByRole('button', { name: '在此鸣响警报' }).click()
    await other.getByText('请同时拨打电话').waitFor()
    expect(await axeFindings(other)).toEqual([])
    await screenshot(other, 'kiosk-zh-link-lost')
    await other.context().close()
  })

  it('needs at most 60 KB of JavaScript for its first paint', () => {
    const bytes = readdirSync(join(folder, 'assets'))
      .filter((name) => /^(index|zh)-.*\.js$/.test(name))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, 'assets', name))).length, 0)
    expect(bytes).toBeLessThan(60 * 1024)
  })
})

describe('one parcel at the screen of a real terminal', () => {
  const [carrier, person] = [id('carrier'), id('person')]
  const number = 'SF1234567890123'
  let rig: Rig
  let kiosk: Kiosk
  let scanner: VirtualScanner
  let page: Page

  const hold = (text: string): void => {
    const socket = connect(scanner.port, '127.0.0.1', () => socket.end(`${text}\n`))
  }
  const tellDesired = (): void => {
    const card = {
      parcel: parcelDigest(seals, carrier, number),
      carrier,
      size: 'S',
      box: null,
      lowDoor: false,
      locale: 'en',
      recipient: null,
      tail: '8000',
      consent: { kind: 'parcel', ref: 'con_1' },
      declared: { freshFood: false, valuables: false, agreement: false },
      version: 1,
    }
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
    const { cabinet } = rig.identity
    rig.tell('desired', { v: 1, cabinet, base: 0, version: 1, settings, putCards: [card], dropCards: [] })
  }

  beforeAll(async () => {
    const identity = newIdentity()
    rig = await createRig({ identity: { ...identity, layout: withScreen(identity.layout) }, acks: true })
    scanner = await listenVirtualScanner(0, createSystemClock())
    const { loop } = rig.terminal
    kiosk = await createKiosk(loop, { clock: createSystemClock(), seals, log: silentLog, port: 0, folder, scanner })
    page = await openPage(kiosk.url)
  })
  afterAll(async () => {
    await page.context().close()
    await kiosk.stop()
    scanner.stop()
    await rig.terminal.stop()
  })

  it('is not set up before the cloud has spoken', async () => {
    await page.getByText('尚未启用').first().waitFor()
    tellDesired()
    await page.getByRole('button', { name: 'Pick up' }).waitFor()
    expect(kiosk.front()).toEqual({ kiosk: 'ok', touch: 'ok', scanner: 'ok' })
  })

  it('is put in without a tap between sign-in and Done', async () => {
    await page.getByRole('button', { name: 'Deliver' }).click()
    await page.waitForSelector('.scan-panel-number')
    const { nonce, number: digits } = rig.terminal.loop.screenNonce()
    expect(await page.locator('.scan-panel-number').innerText()).toBe(digits)
    const challenge = {
      keyId: 1,
      cabinet: rig.identity.cabinet,
      nonce: Buffer.from(nonce, 'hex'),
      number: Number(digits),
    }
    const grant = signGrant(seals, cloud.orders.privateKey, { ...challenge, action: 'sign-in', person, carrier })
    hold(grantText(grant))
    await page.getByRole('heading', { name: 'Scan a parcel' }).waitFor()
    hold(number)
    await page.getByRole('heading', { name: /Door A0\d is open$/ }).waitFor()
    rig.doors.open.clear()
    await page.getByRole('heading', { name: 'Scan the next parcel' }).waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('1 parcel put in').waitFor()
  })

  it('is taken out by its code, typed on a real keyboard', async () => {
    const { value } = await rig.broker.until(({ value: header }) => {
      const privates = header['privates']
      return Array.isArray(privates) && privates.length > 0
    })
    const [first] = value['privates'] as { blob: string }[]
    const [deposit] = rig.terminal.loop.cabinet().deposits.keys()
    const context = { kind: 'deposit-private', cabinet: rig.identity.cabinet, deposit: deposit ?? id('deposit') }
    const plain = await seals.open(cloud.sealing.privateKey, context, Buffer.from(first?.blob ?? '', 'base64url'))
    const { codes } = JSON.parse(new TextDecoder().decode(plain)) as { codes: { code: string }[] }
    await page.getByRole('button', { name: 'Pick up' }).click({ timeout: 12_000 })
    await page.waitForSelector('.hf-keypad')
    await page.keyboard.type('123456789')
    await page.getByText('One digit is off').first().waitFor()
    await page.keyboard.type(codes[0]?.code ?? '')
    await page.getByRole('heading', { name: /Door A0\d is open$/ }).waitFor()
    rig.doors.open.clear()
    await page.getByRole('button', { name: 'All good' }).click()
    await page.getByText('Thank you').first().waitFor()
    expect(rig.terminal.loop.cabinet().deposits.size).toBe(0)
  })

  it('leaves nothing of anybody on the screen', async () => {
    await page.getByRole('button', { name: 'Pick up' }).waitFor({ timeout: 12_000 })
    expect(await page.locator('body').innerText()).not.toMatch(/SF1234|8000/)
    await page.keyboard.press('Escape')
    expect(await page.locator('.idle-doors').count()).toBe(1)
  })

  it('tells those at the door when its touch is gone, has the phone’s way there at once, and takes it back', async () => {
    await page.evaluate(() => Object.assign(globalThis, { real: matchMedia, matchMedia: () => ({ matches: true }) }))
    const sign = page.getByText('This screen does not answer to fingers')
    await sign.waitFor({ timeout: 15_000 })
    await page.locator('.page-body .scan-panel-number').waitFor()
    expect(kiosk.front()).toMatchObject({ kiosk: 'ok', touch: 'absent' })
    expect(await axeFindings(page)).toEqual([])
    await screenshot(page, 'kiosk-untouchable')
    await page.evaluate(() => Object.assign(globalThis, { matchMedia: Reflect.get(globalThis, 'real') }))
    await sign.waitFor({ state: 'detached', timeout: 15_000 })
  })
})

/** The rig's eight doors in two columns beside a screen. */
const withScreen = (layout: CabinetLayout): CabinetLayout => ({
  ...layout,
  bodies: [
    {
      kind: 'mainCabinet',
      widthMm: 1_400,
      heightMm: 2_000,
      screen: { xMm: 470, yMm: 700, widthMm: 440, heightMm: 760 },
    },
  ],
  compartments: layout.compartments.map((plan, i) => ({
    ...plan,
    front: { xMm: i < 4 ? 20 : 940, yMm: 110 + (i % 4) * 460, widthMm: 430, heightMm: 445 },
  })),
})
