import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Stage, useStage } from '../kit/testing/stage.testing.ts'
import { operatorWords } from '../kit/words/operator/operator-words.ts'
import { Operator } from './operator.tsx'
import { type DeskCloud, type Ending, deskCloud, deskNow, refusal } from './testing/desk.testing.tsx'
import { sceneAt } from './testing/scene.testing.ts'

interface Opened {
  readonly cloud: DeskCloud
  readonly stream: (name: string, data?: unknown) => Promise<void>
  readonly opened: () => number
}

interface Around {
  readonly signedIn?: boolean
  readonly hash?: string
  readonly languages?: readonly string[]
  readonly ends?: readonly (readonly [RegExp, Ending])[]
}

/** The whole dashboard in a browser of the test's own. */
async function openOn(
  stage: Stage,
  { signedIn = true, hash = '', languages = ['en'], ends = [] }: Around = {},
): Promise<Opened> {
  const { page } = stage
  const cloud = deskCloud(sceneAt(deskNow))
  for (const [at, ending] of ends) cloud.ends(at, ending)
  const sources: Map<string, (event: unknown) => void>[] = []
  vi.stubGlobal('fetch', cloud.fetch)
  Object.assign(navigator, { languages })
  class Told {
    readonly type: string
    readonly data: unknown
    readonly lastEventId = '1'
    constructor(type: string, data: unknown) {
      this.type = type
      this.data = data
    }
  }
  vi.stubGlobal('MessageEvent', Told)
  vi.stubGlobal(
    'EventSource',
    class {
      readonly readyState = 1
      private readonly heard = new Map<string, (event: unknown) => void>()
      constructor() {
        sources.push(this.heard)
      }
      addEventListener(type: string, listener: (event: unknown) => void): void {
        this.heard.set(type, listener)
      }
      close(): void {
        this.heard.clear()
      }
    },
  )
  localStorage.setItem('holdfast.operator', JSON.stringify({ signedIn }))
  page.location.hash = hash
  await stage.draw(<Operator />)
  await stage.after(5)
  const stream = (name: string, data?: unknown): Promise<void> =>
    stage.let(() => sources.at(-1)?.get(name)?.(new Told(name, JSON.stringify(data ?? {}))))
  return { cloud, stream, opened: () => sources.length }
}

describe('the dashboard’s way in', () => {
  const stage = useStage()
  beforeEach(async () => void (await Promise.all(['en', 'zh', 'ko'].map((locale) => operatorWords.load(locale)))))

  it('takes the right password, asks for nothing without one, and forgets a wrong one', async () => {
    const { cloud } = await openOn(stage, { signedIn: false })
    await stage.type('E-mail', ' lin@example.com ')
    await stage.submit()
    expect(cloud.sent(/sign-in$/)).toHaveLength(0)
    await stage.type('Password', 'guess')
    await stage.submit()
    expect(stage.text()).toContain('E-mail or password is wrong.')
    expect([stage.field('E-mail').value, stage.field('Password').value]).toEqual([' lin@example.com ', ''])
    await stage.type('Password', 'correct horse battery')
    await stage.submit()
    expect(cloud.sent(/sign-in$/).at(-1)?.body).toEqual({ email: 'lin@example.com', password: 'correct horse battery' })
    expect(stage.text()).toContain('Harbour Lockers')
    expect(stage.page.location.hash).toBe('')
  })

  it('keeps the password where only the way to the cloud failed', async () => {
    await openOn(stage, { signedIn: false, ends: [[/sign-in$/, 'offline']] })
    await stage.type('E-mail', 'lin@example.com')
    await stage.type('Password', 'correct horse battery')
    await stage.submit()
    expect([stage.text().includes('No connection.'), stage.field('Password').value]).toEqual([
      true,
      'correct horse battery',
    ])
  })

  it('speaks the browser’s language, and another at a press, at once and next time', async () => {
    await openOn(stage, { signedIn: false, languages: ['fr-FR', 'ko-KR'] })
    expect(
      stage.page.document.documentElement.getAttribute('lang') ??
        Reflect.get(stage.page.document.documentElement, 'lang'),
    ).toBe('ko')
    await stage.press('中文')
    await stage.after(5)
    expect(stage.text()).toMatch(/\p{Script=Han}/u)
    expect(JSON.parse(localStorage.getItem('holdfast.operator') ?? '{}')).toMatchObject({ locale: 'zh' })
  })

  it('throws out whoever’s session ended in the midst of something, says so, and shows nothing of before', async () => {
    const { cloud } = await openOn(stage)
    expect(stage.text()).toContain('North Gate')
    cloud.ends(/alerts$|cabinets$/, refusal(401, 'not-signed-in'))
    await stage.after(16_000)
    expect(stage.text()).toContain('You have been signed out.')
    expect(stage.text()).not.toContain('North Gate')
  })

  it('lets a one-time link in with a password that is long enough, and forgets the link', async () => {
    const token = 'dG9rZW4tb2YtYS1saW5r0123'
    const { cloud } = await openOn(stage, { signedIn: false, hash: `#/welcome/${token}` })
    await stage.submit()
    expect(stage.text()).toContain('At least 12 characters are needed.')
    expect(stage.text()).toContain('This is no e-mail address.')
    await stage.type('Name of the house', ' Harbour ')
    await stage.type('Your name', '林梅')
    await stage.type('E-mail', 'lin@example.com')
    await stage.type('Password', 'twelve letters')
    await stage.submit()
    expect(cloud.sent(/welcome$/)).toMatchObject([
      { body: { token, first: { operatorName: 'Harbour', name: '林梅' } } },
    ])
    expect([stage.page.location.hash, stage.text().includes('Harbour Lockers')]).toEqual(['#/', true])
    expect(cloud.violations).toEqual([])
  })

  it('says that a used link is used, and leads on to the usual way in', async () => {
    const gone = refusal(410, 'link-gone')
    await openOn(stage, { signedIn: false, hash: '#/welcome/dG9rZW4tb2YtYS1saW5r0123', ends: [[/look$/, gone]] })
    expect(stage.text()).toContain('link-gone')
    expect(stage.all('form')).toHaveLength(0)
    await stage.press('Sign in')
    expect(stage.field('Password')).toBeDefined()
  })
})

describe('the dashboard', () => {
  const stage = useStage()

  it('goes by single keys, but not while somebody types, with a modifier, or over an open sheet', async () => {
    await openOn(stage)
    for (const [key, hash] of [
      ['p', '#/parcels'],
      ['u', '#/undelivered'],
      ['h', '#/house'],
      ['o', '#/'],
    ] as const) {
      await stage.key(key)
      expect(stage.page.location.hash).toBe(hash)
    }
    await stage.key('p', { ctrlKey: true })
    await stage.key('/')
    expect(nameOfFocus(stage)).toBe('Search parcels and cabinets')
    await stage.key('p')
    expect(stage.page.location.hash).toBe('#/')
    await stage.key('Escape')
    await stage.key('?')
    expect(stage.text()).toContain('Move between doors on the drawing')
    await stage.key('p')
    expect(stage.page.location.hash).toBe('#/')
  })

  it('has no single keys once they are switched off, here and next time (WCAG 2.1.4)', async () => {
    await openOn(stage)
    await stage.key('?')
    await stage.press('Use single-letter shortcuts')
    await stage.press('Close')
    await stage.key('p')
    expect(stage.page.location.hash).toBe('')
    expect(JSON.parse(localStorage.getItem('holdfast.operator') ?? '{}')).toMatchObject({ singleKeys: false })
  })

  it('searches for what was typed, trimmed, and shows in the box what is searched', async () => {
    await openOn(stage)
    await stage.type('Search parcels and cabinets', '  SF 14&x=1 ')
    await stage.submit()
    expect(stage.page.location.hash).toBe('#/parcels?search=SF%2014%26x%3D1')
    expect(stage.field('Search parcels and cabinets').value).toBe('SF 14&x=1')
    await stage.let(() => (stage.page.location.hash = '#/parcels'))
    expect(stage.field('Search parcels and cabinets').value).toBe('')
  })

  it('says that there is no such page, and that it is live only once it is', async () => {
    const { stream } = await openOn(stage, { hash: '#/nowhere/at/all' })
    expect(stage.text()).toContain('There is no such page.')
    expect(stage.text()).toContain('Connecting')
    await stream('open')
    expect(stage.text()).toContain('Live')
  })

  it('asks by itself while the stream is broken, everything anew when it is back, and at a reset', async () => {
    const { cloud, stream } = await openOn(stage)
    const asked = (): number => cloud.sent(/alerts$/).length
    await stream('open')
    const before = asked()
    await stage.after(60_000)
    expect(asked()).toBe(before)
    await stream('error')
    expect(stage.text()).toContain('Not live; asking every 15 s')
    await stage.after(31_000)
    expect(asked()).toBe(before + 2)
    await stream('open')
    await stream('reset')
    expect(asked()).toBeGreaterThanOrEqual(before + 4)
  })

  it('sounds an emergency above every screen until it is silenced, and shows where', async () => {
    const { stream } = await openOn(stage, { hash: '#/undelivered' })
    const [alert] = sceneAt(deskNow).alerts
    const emergency = { ...alert, id: 'alr_9', kind: 'emergency', door: null }
    await stream('alert', emergency)
    await stream('alert', { ...emergency, id: 'alr_8' })
    expect(stage.text().match(/Emergency at North Gate/g)).toHaveLength(2)
    expect(stage.buttons().filter((name) => name === 'Silence')).toHaveLength(1)
    await stream('alert', { ...emergency, id: 'alr_8', endedAt: deskNow })
    await stage.press('Silence')
    expect([stage.text().includes('Emergency at North Gate'), stage.buttons().includes('Silence')]).toEqual([
      true,
      false,
    ])
    await stream('alert', { ...emergency, endedAt: deskNow })
    expect(stage.text()).not.toContain('Emergency at North Gate')
  })

  it('forgets everything when somebody signs out', async () => {
    const { cloud } = await openOn(stage)
    await stage.press('Settings')
    await stage.press('Dark')
    expect(stage.page.document.documentElement.dataset['theme']).toBe('dark')
    await stage.press('Sign out')
    expect(cloud.sent(/sign-out$/)).toHaveLength(1)
    expect(stage.text()).not.toContain('North Gate')
    expect(stage.text()).not.toContain('You have been signed out.')
  })
})

const nameOfFocus = (stage: Stage): string | null => stage.page.document.activeElement.getAttribute('aria-label')
