import { describe, expect, it } from 'vitest'
import { idOf } from '../testing/scene.testing.ts'
import { deskNow, refusal, useDeskStage } from '../testing/desk.testing.tsx'
import { Undelivered } from '../undelivered/undelivered.tsx'
import { Search } from './search.tsx'
import { Story } from './story.tsx'

const parcels = /^GET .*parcels$/
const states = [
  'expected',
  'stored',
  'overdue',
  'refused',
  'recalled',
  'collected',
  'returned',
  'disputed',
  'cancelled',
] as const

describe('the list of parcels', () => {
  const { stage, open } = useDeskStage()

  it('finds parcels by number, and cabinets by any words of their name and place', async () => {
    const { cloud } = await open(<Search search="gate north" />)
    expect(stage.text()).toContain('North Gate Gardens · 12 Harbour Street')
    expect(stage.text()).toContain('Nothing found')
    await open(<Search key={2} search="YT2840193775561" />)
    expect(stage.all('.op-parcels tbody tr')).toHaveLength(1)
    expect(cloud.violations).toEqual([])
  })

  it.each(['en', 'zh', 'ko'])('names each state in %s, by an icon and a word of its own', async (locale) => {
    await open(<Search search="" />, {
      locale,
      scene: (scene) => {
        const [first] = scene.parcels
        if (first) scene.parcels = states.map((state, n) => ({ ...first, id: idOf('parcel', n + 1), state }))
      },
    })
    const said = stage.all('.op-state')
    expect(new Set(said.map((state) => state.textContent)).size).toBe(states.length)
    for (const state of said) expect(state.textContent).not.toMatch(/operator\.|^$/)
    for (const state of said) expect(state.querySelectorAll('svg')).toHaveLength(1)
  })

  it('brings the next page below the first, and changes a line when the stream tells', async () => {
    const page = (from: number, next: string | null) => ({
      items: Array.from({ length: 2 }, (_, n) => ({
        id: idOf('parcel', from + n),
        trackingNumber: `SF${from + n}`,
        carrierName: '顺丰速运',
        state: 'stored',
        recipientPhoneMasked: null,
        place: null,
        door: null,
        storedAt: null,
        dueAt: null,
        changedAt: deskNow,
      })),
      next,
    })
    const { cloud, hear } = await open(<Search search="" />, {
      ends: [[parcels, { status: 200, body: page(1, 'par_2') }]],
    })
    cloud.ends(parcels, { status: 200, body: page(3, null) })
    await stage.press('Show more')
    expect(cloud.sent(parcels).at(-1)?.query).toMatchObject({ after: 'par_2' })
    expect(stage.all('.op-parcels tbody th a').map((link) => link.textContent)).toEqual(['SF1', 'SF2', 'SF3', 'SF4'])
    expect(stage.buttons()).toEqual([])
    await hear('parcel', { ...page(3, null).items[0], state: 'collected' })
    expect(stage.all('.op-state').map((state) => state.textContent)).toEqual([
      'Awaiting pickup',
      'Awaiting pickup',
      'Collected',
      'Awaiting pickup',
    ])
  })
})

describe('a parcel’s story', () => {
  const { stage, open } = useDeskStage()
  const stored = idOf('parcel', 1)

  it.each([
    ['en', 'By courier', 'Why the recipient asked'],
    ['zh', '经手人 快递员', '说明 收件人要求'],
    ['ko', '담당 배송기사', '사유 받는 분 요청'],
  ])('says in %s that a courier had the message sent again, and why', async (locale, by, why) => {
    await open(<Story parcel={stored} />, { locale })
    const told = stage.all('.op-timeline li').map(({ textContent }) => textContent)
    expect(told.filter((line) => line?.includes(by) && line.includes(why))).toHaveLength(1)
  })

  it('joins cloud, cabinet, messages and carrier day by day', async () => {
    const { cloud } = await open(<Story parcel={stored} />)
    expect(stage.all('.op-timeline li')).toHaveLength(15)
    expect(new Set(stage.all('.op-timeline li').map((line) => line.getAttribute('data-source')))).toEqual(
      new Set(['cloud', 'webhook', 'notice', 'cabinet']),
    )
    expect(stage.text()).toContain('could not be delivered')
    expect(cloud.violations).toEqual([])
  })

  it('says that there is no such parcel, and that nothing has happened yet', async () => {
    await open(<Story parcel="par_none" />)
    expect(stage.text()).toContain('There is no such parcel.')
    await open(<Story key={2} parcel={stored} />, { scene: (scene) => void (scene.timeline = []) })
    expect(stage.text()).toContain('Nothing has happened yet.')
  })

  it('lets a number be put right with a reason, once, and shows what came of it', async () => {
    const { cloud } = await open(<Story parcel={stored} />)
    await stage.press('Correct the number')
    await stage.submit()
    expect(stage.text()).toContain('Write the number.')
    expect(stage.text()).toContain('Write why, in three letters or more.')
    await stage.type('The right phone number', ' 13900001111 ')
    await stage.type('Reason', 'Wrong digit')
    cloud.ends(/recipient$/, refusal(409, 'phone-unreadable'))
    await stage.submit()
    expect([stage.field('Reason').value, stage.text().includes('phone-unreadable')]).toEqual(['Wrong digit', true])
    cloud.ends(/recipient$/)
    await stage.submit()
    expect(cloud.sent(/recipient$/).at(-1)?.body).toEqual({ recipientPhone: '13900001111', reason: 'Wrong digit' })
    expect(stage.text()).toContain('a code kept in reserve has gone to this number')
    expect(stage.all('.op-timeline li')).toHaveLength(16)
    expect(cloud.violations).toEqual([])
  })

  it('offers it for nothing that lies behind no door, and to nobody who may only look', async () => {
    await open(<Story parcel={idOf('parcel', 4)} />)
    expect(stage.buttons()).toEqual([])
    await open(<Story key={2} parcel={stored} />, { scene: ({ me }) => Object.assign(me, { role: 'viewer' }) })
    expect(stage.buttons()).toEqual([])
  })
})

describe('what did not arrive', () => {
  const { stage, open } = useDeskStage()

  it('stands with why and how often, the oldest first, and says when all is well', async () => {
    await open(<Undelivered />)
    expect(stage.all('[data-line] [data-row]').map((line) => line.textContent)).toEqual([
      'Webhook to the carrier',
      'Message by SMS',
    ])
    expect(stage.text()).toContain('connect ECONNREFUSED 203.0.113.9:443')
    expect(stage.text()).toContain('tried 11 times')
    await open(<Undelivered key={2} />, { scene: (scene) => void (scene.undelivered = []) })
    expect(stage.text()).toContain('Everything has arrived.')
  })

  it('is sent again once for a double press, and stays on the list until the cloud has it no more', async () => {
    const { cloud, scene } = await open(<Undelivered />)
    await stage.pressTwice('Send again')
    expect(cloud.sent(/\/retry$/)).toHaveLength(1)
    expect(stage.text()).toContain('Being sent again')
    scene.undelivered = scene.undelivered.slice(0, 1)
    await stage.after(4_100)
    expect(stage.all('[data-line]')).toHaveLength(1)
  })

  it('goes off the list only with a person’s reason', async () => {
    const { cloud } = await open(<Undelivered />)
    await stage.press('Take off the list')
    await stage.type('Reason', ' x ')
    await stage.submit()
    expect(cloud.sent(/clear$/)).toHaveLength(0)
    await stage.type('Reason', 'Called the carrier')
    await stage.submit()
    expect(cloud.sent(/clear$/)).toMatchObject([{ body: { reason: 'Called the carrier' } }])
    expect(stage.all('[data-line]')).toHaveLength(1)
    expect(cloud.violations).toEqual([])
  })
})
