import { describe, expect, it } from 'vitest'
import { idOf } from '../testing/scene.testing.ts'
import { deskNow, refusal, useDeskStage } from '../testing/desk.testing.tsx'
import { Overview } from './overview.tsx'

const alerts = /^GET \/v1\/operator\/alerts$/
const cabinets = /^GET \/v1\/operator\/cabinets$/
const acknowledge = /acknowledge$/

describe('the overview', () => {
  const { stage, open } = useDeskStage()

  it('shows what needs a person first, with a number for everything that stands in the street', async () => {
    const { cloud } = await open(<Overview show={undefined} />)
    const totals = stage.links().slice(0, 7)
    expect(totals.map(([name]) => name)).toEqual([
      '3 Open alerts',
      '1 Cabinets offline',
      '1 Doors open',
      '2 Need a look',
      expect.stringMatching(/Doors with parcels$/),
      expect.stringMatching(/Doors free$/),
      '1 Out of service',
    ])
    expect(stage.text()).toContain('A08 was left open')
    expect(stage.all('.op-cabinets tbody tr')).toHaveLength(3)
    expect(cloud.violations).toEqual([])
  })

  it('says that it loads, and nothing that is not known yet', async () => {
    await open(<Overview show={undefined} />, { ends: [[cabinets, 'never']] })
    expect(stage.text()).toContain('Loading')
    expect(stage.all('.op-totals, .op-cabinets')).toHaveLength(0)
    expect(stage.text()).not.toContain('No cabinets yet')
  })

  it.each([
    ['offline', 'en', 'No connection. Nothing is lost; try again when you are back online.'],
    ['offline', 'zh', '网络'],
    ['offline', 'ko', '연결'],
    ['broken', 'en', 'Something went wrong on our side.'],
  ] as const)('says %s in %s, and gets there when asked again', async (ending, locale, words) => {
    const { cloud } = await open(<Overview show={undefined} />, { locale, ends: [[cabinets, ending]] })
    await stage.after(50)
    expect(stage.text()).toContain(words)
    cloud.ends(cabinets)
    await stage.press(/^(Try again|重试|再试一次|다시 시도.*)$/)
    expect(stage.all('.op-cabinets tbody tr')).toHaveLength(3)
    expect(stage.text()).not.toContain(words)
  })

  it('does not ask again where the cloud has refused, for it would say the same', async () => {
    const { cloud } = await open(<Overview show={undefined} />, { ends: [[cabinets, refusal(403, 'not-yours')]] })
    await stage.after(1000)
    expect(stage.text()).toContain('The cloud says not-yours.')
    expect(stage.text()).toContain('Support code: not-yours')
    expect(cloud.sent(cabinets)).toHaveLength(1)
  })

  it('says calmly that nothing needs anybody, and that there are no cabinets', async () => {
    await open(<Overview show={undefined} />, { scene: (scene) => Object.assign(scene, { alerts: [], cabinets: [] }) })
    expect(stage.text()).toContain('Nothing needs a person right now.')
    expect(stage.text()).toContain('No cabinets yet')
  })

  it.each(['en', 'zh', 'ko'])('has no hole and no foreign word in %s', async (locale) => {
    await open(<Overview show="offline" />, { locale })
    expect(stage.text()).not.toMatch(/operator\.|[{}]|undefined|NaN|\[object/)
    const own = { en: /[A-Za-z]/, zh: /\p{Script=Han}/u, ko: /\p{Script=Hangul}/u }[locale] ?? /$^/
    for (const [name, address] of stage.links()) if (!address?.includes('/cabinets/')) expect(name).toMatch(own)
  })

  it('filters by a number that is pressed, and leads back by pressing it again', async () => {
    await open(<Overview show="offline" />)
    expect(stage.all('.op-cabinets tbody tr')).toHaveLength(1)
    expect(stage.text()).toContain('Cabinets offline: 1 cabinet.')
    expect(stage.links()).toContainEqual(['1 Cabinets offline', '#/'])
    expect(stage.links()).toContainEqual(['1 Doors open', '#/?show=open'])
  })

  it('draws a hundred of ten thousand cabinets, and as many more as are asked for', async () => {
    await open(<Overview show={undefined} />, {
      scene: (scene) => {
        const [first] = scene.cabinets
        if (first === undefined) return
        scene.cabinets = Array.from({ length: 101 }, (_, n) => ({
          ...first,
          summary: { ...first.summary, cabinet: idOf('cabinet', n), name: `Cabinet ${n}`, openAlerts: 0 },
        }))
      },
    })
    expect(stage.all('.op-cabinets tbody tr')).toHaveLength(100)
    await stage.press('Show more (100 of 101)')
    expect(stage.all('.op-cabinets tbody tr')).toHaveLength(101)
    expect(stage.buttons().filter((name) => name.startsWith('Show more'))).toEqual([])
    const names = stage.all('.op-cabinets tbody a').map((link) => link.textContent)
    expect(names.slice(0, 3)).toEqual(['Cabinet 0', 'Cabinet 1', 'Cabinet 2'])
  })
})

describe('an alert on the overview', () => {
  const { stage, open } = useDeskStage()

  it('is taken on with a note, once, and then says by whom', async () => {
    const { cloud } = await open(<Overview show={undefined} />)
    await stage.press('I’m on it')
    await stage.type(/^Note for colleagues/, '  On my way  ')
    const [, inSheet] = stage.all('button').filter((button) => button.textContent === 'I’m on it')
    expect(inSheet).toBeDefined()
    await stage.submit()
    expect(cloud.sent(acknowledge)).toMatchObject([{ body: { note: 'On my way' } }])
    expect(stage.text()).toContain('Lin Mei is on it')
    expect(stage.all('dialog').some((sheet) => sheet.open)).toBe(false)
    expect(cloud.violations).toEqual([])
  })

  it('keeps the note where the way to the cloud failed, and says so', async () => {
    const { cloud } = await open(<Overview show={undefined} />, { ends: [[acknowledge, 'offline']] })
    await stage.press('I’m on it')
    await stage.type(/^Note for colleagues/, 'On my way')
    await stage.submit()
    expect(stage.field(/^Note for colleagues/).value).toBe('On my way')
    expect(stage.text()).toContain('No connection.')
    cloud.ends(acknowledge)
    await stage.submit()
    expect(stage.text()).toContain('Lin Mei is on it')
  })

  it('opens by the key a on its row, but for nobody who may only look', async () => {
    await open(<Overview show={undefined} />)
    await stage.let(() => stage.all('.op-alerts [data-row]')[0]?.focus())
    expect((await stage.key('a', { ctrlKey: true })).defaultPrevented).toBe(false)
    expect((await stage.key('a')).defaultPrevented).toBe(true)
    expect(stage.all('dialog').some((sheet) => sheet.open)).toBe(true)
  })

  it('offers a viewer nothing to take on', async () => {
    await open(<Overview show={undefined} />, { scene: ({ me }) => Object.assign(me, { role: 'viewer' }) })
    expect(stage.buttons()).not.toContain('I’m on it')
    await stage.let(() => stage.all('.op-alerts [data-row]')[0]?.focus())
    expect((await stage.key('a')).defaultPrevented).toBe(false)
  })

  it('goes when its cause does, and a new one stands on top when it is an emergency', async () => {
    const { scene, hear } = await open(<Overview show={undefined} />)
    const [first, second] = scene.alerts
    await hear('alert', { ...first, endedAt: deskNow })
    expect(stage.text()).not.toContain('A08 was left open')
    await hear('alert', { ...second, id: idOf('alert', 9), kind: 'emergency', door: null, raisedAt: deskNow })
    expect(stage.all('.op-alerts [data-row]')[0]?.textContent).toBe('Emergency: help was called at the cabinet')
  })

  it('moves by arrows from row to row and stays at the ends', async () => {
    await open(<Overview show={undefined} />)
    const rows = stage.all('.op-alerts [data-row]')
    const at = (): number => rows.findIndex((row) => row === stage.page.document.activeElement)
    await stage.let(() => rows[0]?.focus())
    const walked: number[] = []
    for (const key of ['ArrowUp', 'ArrowDown', 'End', 'ArrowDown', 'Home']) {
      await stage.key(key)
      walked.push(at())
    }
    expect(walked).toEqual([0, 1, 2, 2, 0])
  })

  it('is asked for again and again only by the stream: an unknown alert is added, a known one renewed', async () => {
    const { scene, hear, cloud } = await open(<Overview show={undefined} />)
    const [first] = scene.alerts
    await hear('alert', { ...first, acknowledgedAt: deskNow, acknowledgedBy: '김민지' })
    await hear('alert', { ...first, acknowledgedAt: deskNow, acknowledgedBy: '김민지' })
    expect(stage.all('.op-alerts li')).toHaveLength(3)
    expect(stage.text()).toContain('김민지 is on it')
    expect(cloud.sent(alerts)).toHaveLength(1)
  })
})
