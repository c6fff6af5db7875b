import { describe, expect, it } from 'vitest'
import { cabinetCodes } from '@holdfast/wire/codes/cabinet.ts'
import type { OrderView } from '@holdfast/wire/http/cabinets.ts'
import { idOf, sceneAt } from '../testing/scene.testing.ts'
import { deskNow, refusal, useDeskStage } from '../testing/desk.testing.tsx'
import { CabinetPage } from './cabinet-page.tsx'

const north = idOf('cabinet', 1)
const library = idOf('cabinet', 2)
const market = idOf('cabinet', 3)
const orders = /orders$/
const anOrder = (order: Partial<OrderView>): OrderView => ({
  order: idOf('order', 1),
  cabinet: north,
  compartment: sceneAt(deskNow).cabinets[1]?.compartments.find(({ label }) => label === 'A01')?.id ?? '',
  kind: 'open',
  state: 'asked',
  reason: 'Door jammed',
  refusal: null,
  staffName: 'Lin Mei',
  askedAt: deskNow,
  answeredAt: null,
  ...order,
})

describe('a cabinet’s page', () => {
  const { stage, open } = useDeskStage()

  it('draws its doors, what is the matter with it, and which doors to look at', async () => {
    const { cloud } = await open(<CabinetPage cabinet={north} door={undefined} />)
    expect(stage.all('[data-compartment]')).toHaveLength(24)
    expect(stage.all('.op-doors a').map((door) => door.textContent)).toEqual(['A03', 'A08', 'B05'])
    expect(stage.text()).toContain('All 1,204 here')
    expect(stage.text()).toContain('All answer')
    expect(stage.page.document.title).toBe('North Gate · Operator dashboard')
    expect(cloud.violations).toEqual([])
  })

  it.each([
    ['en', 'The cabinet is offline and works on by itself.', '1,187 of 1,204 here; 17 still to come'],
    ['zh', '离线', '1,187'],
    ['ko', '오프라인', '1,187'],
  ])(
    'says in %s that what it shows of a silent cabinet is old, and what has not come',
    async (locale, words, behind) => {
      await open(<CabinetPage cabinet={library} door={undefined} />, { locale })
      expect(stage.text()).toContain(words)
      expect(stage.text()).toContain(behind)
      expect(stage.text()).toContain('relay-1')
      expect(stage.all('.hf-cabinet')[0]?.getAttribute('data-stale')).toBe('true')
    },
  )

  it('says how to begin with one that was never set up', async () => {
    await open(<CabinetPage cabinet={market} door={undefined} />)
    expect(stage.text()).toContain('Start its terminal with the claim token.')
    expect(stage.text()).not.toContain('works on by itself')
  })

  it('says that there is no such cabinet, and no such door', async () => {
    await open(<CabinetPage cabinet="cab_none" door={undefined} />)
    expect(stage.text()).toContain('There is no such cabinet.')
    await open(<CabinetPage cabinet={north} door="Z99" />)
    expect(stage.text()).toContain('This cabinet has no door Z99.')
  })

  it('chooses a door by a press, leaves it by the same press and by Escape', async () => {
    await open(<CabinetPage cabinet={north} door={undefined} />)
    await stage.press(/^Door A01,/)
    expect(stage.page.location.hash).toBe(`#/cabinets/${north}/A01`)
    await open(<CabinetPage cabinet={north} door="A01" />)
    await stage.press(/^Door A01,/)
    expect(stage.page.location.hash).toBe(`#/cabinets/${north}`)
    await stage.press(/^Door A02,/)
    await stage.let(() => stage.all('.op-close')[0]?.focus())
    await stage.key('Escape')
    expect(stage.page.location.hash).toBe(`#/cabinets/${north}`)
  })

  it('moves a door as the stream tells, and lights the one that an order is acting on', async () => {
    const { hear, scene } = await open(<CabinetPage cabinet={north} door="A01" />)
    const compartment = scene.cabinets[1]?.compartments[0]
    await hear('order', anOrder({ compartment: compartment?.id ?? '' }))
    expect(stage.all('.hf-door-lit')).toHaveLength(1)
    await hear('compartment', { cabinet: north, compartment: { ...compartment, door: 'open' } })
    expect(stage.all('.hf-door-lit')[0]?.getAttribute('data-door')).toBe('open')
    await hear('order', anOrder({ compartment: compartment?.id ?? '', state: 'opened', answeredAt: deskNow }))
    expect(stage.all('.hf-door-lit')).toHaveLength(0)
    expect(stage.text()).toContain('A01 is open')
  })

  it('tells the newest facts first, each once, and no more than thirty', async () => {
    const { recent } = await open(<CabinetPage cabinet={north} door={undefined} />)
    expect(stage.text()).toContain('Quiet since you opened this page.')
    const fact = (seq: number, type = 'doorShut') => ({ cabinet: north, seq, type, label: 'A01', at: deskNow })
    await stage.let(() => {
      for (let seq = 1; seq <= 34; seq++) recent.takeFact(fact(seq))
      recent.takeFact(fact(35, 'new-in-2030'))
      recent.takeFact(fact(35, 'new-in-2030'))
      recent.takeFact({ ...fact(1, 'doorOpened'), cabinet: library })
    })
    const lines = stage.all('.op-ticker li')
    expect(lines).toHaveLength(30)
    expect(lines[0]?.textContent).toContain('new-in-2030')
    expect(lines[1]?.textContent).toContain('Door shut')
    expect(stage.text()).not.toContain('Door opened')
  })
})

describe('an order to a door', () => {
  const { stage, open } = useDeskStage()

  it('is asked with a reason, once, and followed to its end', async () => {
    const { cloud, scene, recent } = await open(<CabinetPage cabinet={north} door="A01" />)
    await stage.press('Open the door')
    await stage.submit()
    expect(stage.text()).toContain('Write why. It is kept with the opening.')
    expect(cloud.sent(orders)).toHaveLength(0)
    await stage.press('Door jammed')
    await stage.submit()
    expect(cloud.sent(orders)).toMatchObject([{ body: { kind: 'open', reason: 'Door jammed' } }])
    expect(recent.read().orders).toHaveLength(1)
    // The stream is broken: the page asks by itself until the order is settled, and then no more.
    const [order] = scene.orders
    if (order) scene.orders.push({ ...order, state: 'not-opened', answeredAt: deskNow })
    await stage.after(3100)
    expect(stage.text()).toContain('A01 did not open. It is now marked for a look.')
    const asked = cloud.sent(/orders\/ord/).length
    await stage.after(10_000)
    expect(cloud.sent(/orders\/ord/)).toHaveLength(asked)
    expect(cloud.violations).toEqual([])
  })

  it('is the same order when the answer was lost, and another one for another reason', async () => {
    const { cloud } = await open(<CabinetPage cabinet={north} door="A01" />, { ends: [[orders, 'lost']] })
    await stage.press('Open the door')
    for (const reason of ['Check', 'Check', 'Check on site']) {
      await stage.type('Reason', reason)
      await stage.submit()
      expect(stage.field('Reason').value).toBe(reason)
    }
    const [first, second, third] = cloud.sent(orders).map(({ key }) => key)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    expect(stage.text()).toContain('No connection.')
  })

  it.each(Object.keys(cabinetCodes).slice(0, 8))('says a refusal by %s in people’s words', async (code) => {
    const { hear } = await open(<CabinetPage cabinet={north} door="A01" />)
    await hear('order', anOrder({ state: 'refused', refusal: code, answeredAt: deskNow }))
    const words = Object.entries(cabinetCodes).find(([name]) => name === code)?.[1].messages.en
    expect(stage.all('.op-refusal').map((line) => line.textContent)).toEqual([words])
  })

  it('says what the cloud refused, and keeps the sheet open with what was typed', async () => {
    await open(<CabinetPage cabinet={north} door="A01" />, { ends: [[orders, refusal(429, 'too-many-opens')]] })
    await stage.press('Open the door')
    await stage.type('Reason', '받는 분 전화')
    await stage.submit()
    expect(stage.text()).toContain('too-many-opens')
    expect(stage.field('Reason').value).toBe('받는 분 전화')
  })

  it('takes a word about a door that a sensor sees open only with a picture (law 16)', async () => {
    const { cloud } = await open(<CabinetPage cabinet={north} door="A03" />, {
      scene: ({ cabinets }) => {
        const door = cabinets[1]?.compartments.find(({ label }) => label === 'A03')
        if (door) Object.assign(door, { door: 'open' })
      },
    })
    expect(stage.text()).toContain('The door is open. It must be pushed shut')
    await stage.press('Say what is inside')
    await stage.press('Seen empty')
    await stage.type('Reason', 'Sensor lies')
    await stage.submit()
    expect(stage.text()).toContain('Take a picture of the compartment first.')
    expect(cloud.sent(orders)).toHaveLength(0)
  })

  it.each([
    ['viewer', 'A01', 'You can look, not act. Ask a dispatcher.'],
    ['manager', 'A08', 'The door is open. It must be pushed shut before anything else.'],
  ])('is not offered to a %s at %s, and that is said', async (role, door, words) => {
    await open(<CabinetPage cabinet={north} door={door} />, { scene: ({ me }) => Object.assign(me, { role }) })
    expect(stage.text()).toContain(words)
    expect(stage.buttons()).not.toContain('Open the door')
  })
})
