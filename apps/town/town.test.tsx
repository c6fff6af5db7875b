import { describe, expect, it, vi } from 'vitest'
import type { TownState } from '@holdfast/wire/town/town.ts'
import { northGateLayout } from '../../tools/demo/layouts.ts'
import { useStage } from '../kit/testing/stage.testing.ts'
import { townWords } from '../kit/words/town/town-words.ts'
import { Town } from './town.tsx'

const doors = northGateLayout.compartments.map(({ id, label }) => ({
  label,
  compartment: id,
  leaf: 'shut' as const,
  hook: 'caught' as const,
  things: [] as string[],
  jammed: false,
  held: false,
}))

const town = (change: Partial<TownState> = {}, door: Partial<(typeof doors)[number]> | object = {}): TownState => ({
  links: [
    { name: 'courier', url: 'http://c/' },
    { name: 'new-app', url: 'http://n/' },
  ],
  phones: [],
  people: [{ role: 'courier', name: '王师傅', signIn: '+8613800000001' }],
  labels: [{ trackingNumber: 'SF1034567890123', note: 'announced' }],
  parts: [{ name: 'Cloud', state: 'running', detail: 'process 7' }],
  cabinets: [
    {
      key: 'north',
      name: 'North Gate',
      address: '12 Harbour Street',
      board: 'xor-8a',
      layout: JSON.parse(JSON.stringify(northGateLayout)),
      doors: doors.map((one, n) => (n === 0 ? { ...one, ...door } : one)),
      uplinkCut: false,
      kioskUrl: 'http://k/#t',
    },
  ],
  messages: [],
  webhooks: [],
  ...change,
})

describe('the town’s page', () => {
  const stage = useStage()
  /** The page, its stream and its server, all the test's own. */
  async function open(first?: TownState) {
    const asked: { path: string; body: unknown }[] = []
    const listeners = new Map<string, (event: unknown) => void>()
    let allows: boolean | 'away' = true
    vi.stubGlobal(
      'EventSource',
      class {
        addEventListener = (type: string, listener: (event: unknown) => void) => void listeners.set(type, listener)
        close = () => undefined
      },
    )
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
      asked.push({ path, body: JSON.parse(typeof init.body === 'string' ? init.body : 'null') })
      if (allows === 'away') return Promise.reject(new TypeError('away'))
      return Promise.resolve(new Response(null, { status: allows ? 204 : 409 }))
    })
    await townWords.load('en')
    await stage.draw(<Town />)
    const tell = (state: TownState) => stage.let(() => listeners.get('state')?.({ data: JSON.stringify(state) }))
    if (first) await tell(first)
    return {
      asked,
      tell,
      breaks: () => stage.let(() => listeners.get('error')?.({})),
      allows: (next: typeof allows) => void (allows = next),
    }
  }

  it('waits in words, then tells where everything is, who lives here and what runs', async () => {
    const { tell } = await open()
    expect(stage.all('[role="status"]')).toHaveLength(1)
    await tell(town())
    expect(stage.links()).toContainEqual(['new-app', 'http://n/'])
    expect(stage.text()).toContain('王师傅')
    expect(stage.text()).toContain('process 7')
    expect(stage.all('[data-compartment]')).toHaveLength(24)
    expect(stage.text()).not.toMatch(/town\.|[{}]|undefined/)
  })

  it('shows the last town and says that it is away when the stream breaks', async () => {
    const { breaks, tell } = await open(town())
    await breaks()
    expect([stage.all('.hf-banner-act').length, stage.all('[data-compartment]').length]).toEqual([1, 24])
    await tell(town())
    expect(stage.all('.hf-banner-act')).toHaveLength(0)
  })

  it.each([
    [{ things: ['box'] }, 'loaded', 'shut'],
    [{ leaf: 'ajar' }, 'free', 'open'],
    [{ leaf: 'open', things: ['box'] }, 'loaded', 'open'],
    [{ hook: 'released' }, 'free', 'unlatched'],
    [{ jammed: true, leaf: 'open' }, 'free', 'stuck'],
  ])('draws metal %j as %s and %s', async (door, occupancy, leaf) => {
    await open(town({}, door))
    const [drawn] = stage.all('[data-compartment]')
    expect([drawn?.getAttribute('data-occupancy'), drawn?.getAttribute('data-door')]).toEqual([occupancy, leaf])
  })

  it('lends hands to a door: nothing goes into a shut one, and what the world refuses is said', async () => {
    const { asked, tell, allows } = await open(town())
    await stage.press(/^Door A01,/)
    expect(stage.buttons().filter((name) => /^(Put|Push)/.test(name))).toEqual([])
    await tell(town({}, { leaf: 'open', things: ['box'] }))
    const inDoor = stage.all('[aria-label="A01"] button').map((button) => button.textContent)
    for (const name of inDoor.slice(0, 3)) await stage.press(name)
    expect(asked.map(({ body }) => body)).toMatchObject([
      { act: 'put' },
      { act: 'take', thing: 'box' },
      { act: 'push' },
    ])
    allows(false)
    await stage.press(inDoor[2] ?? '')
    expect(stage.all('[aria-label="A01"] [role="status"]')[0]?.textContent).not.toBe('')
  })

  it('holds a label before the scanner, keeps a text that nobody took, and sends no empty one', async () => {
    const { asked, allows } = await open(town())
    await stage.press(/^SF1034567890123/)
    const [form] = stage.all('form')
    const field = form?.querySelector('input')
    const label = stage.all('form label')[0]?.textContent ?? ''
    await stage.submit()
    await stage.type(label, '  grant ')
    allows('away')
    await stage.submit()
    expect(field?.value).toBe('  grant ')
    allows(true)
    await stage.submit()
    expect([field?.value, asked.map(({ body }) => body)]).toMatchObject([
      '',
      [{ text: 'SF1034567890123' }, { text: 'grant' }, { text: 'grant' }],
    ])
  })

  it('cuts the cable and mends it', async () => {
    const { asked, tell } = await open(town())
    const cable = (): string => stage.all('.town-cabinet header button')[0]?.textContent ?? ''
    await stage.press(cable())
    const [cabinet] = town().cabinets
    await tell(town({ cabinets: cabinet ? [{ ...cabinet, uplinkCut: true }] : [] }))
    await stage.press(cable())
    expect(asked.map(({ body }) => body)).toEqual([
      { cabinet: 'north', cut: true },
      { cabinet: 'north', cut: false },
    ])
  })

  it('shows messages and webhooks, a forged one by mark and word, and sends a recipient’s answer', async () => {
    const hook = { at: 1, type: 'parcel.deposited', trackingNumber: 'SF1', sequence: 1, repeated: false, reason: null }
    const { asked } = await open(
      town({
        messages: [{ id: 'msg_1', at: 1, channel: 'sms', to: '+8613', text: '您的取件码' }],
        webhooks: [
          { ...hook, id: 'evt_1', verified: true },
          { ...hook, id: 'evt_2', verified: false },
        ],
      }),
    )
    expect([stage.all('.town-verified').length, stage.all('.town-log .hf-status').length]).toEqual([1, 1])
    await stage.press(stage.all('.town-log button')[0]?.textContent ?? '')
    await stage.type(stage.all('.town-log label')[0]?.textContent ?? '', 'Y')
    await stage.press(stage.all('.town-log form button')[0]?.textContent ?? '')
    expect(asked).toEqual([{ path: '/town/reply', body: { to: '+8613', text: 'Y' } }])
  })
})
