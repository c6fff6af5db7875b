import { describe, expect, it } from 'vitest'
import type { CabinetView } from '@holdfast/wire/http/cabinets.ts'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import { type Scene, idOf } from '../testing/scene.testing.ts'
import { deskNow, refusal, useDeskStage } from '../testing/desk.testing.tsx'
import { ReleaseCard } from './release-card.tsx'
import { sceneAt } from '../testing/scene.testing.ts'

const orders = /orders$/

const viewOf = (scene: Scene, n: number): CabinetView => {
  const view = scene.cabinets.find(({ summary }) => summary.cabinet === idOf('cabinet', n))
  if (view === undefined) throw new Error('no such cabinet')
  return view
}
const north = viewOf(sceneAt(deskNow), 1)
const library = viewOf(sceneAt(deskNow), 2)

const calling = (scene: Scene): void => {
  const [alert] = scene.alerts
  if (alert) scene.alerts.push({ ...alert, id: idOf('alert', 7), kind: 'emergency', door: null } satisfies Alert)
}

describe('the emergency release', () => {
  const { stage, open } = useDeskStage()

  it('asks for nothing to be typed and says what each choice does (law 17)', async () => {
    const { cloud } = await open(<ReleaseCard view={north} door="A08" />)
    await stage.press('Release…')
    expect(stage.all('input, textarea')).toHaveLength(0)
    expect(stage.buttons().slice(2)).toEqual([
      'Open A08 now Only this door',
      'Open all large doors L and XL, one every two seconds, parcels or not',
      'Open every door One every two seconds, the largest first',
    ])
    await stage.press(/^Open A08 now/)
    const [asked] = cloud.sent(orders)
    expect(asked?.body).toMatchObject({ kind: 'release', doors: [expect.stringMatching(/^cmp_/)] })
    expect(stage.text()).toContain('Asked; waiting for the cabinet')
    expect(cloud.violations).toEqual([])
  })

  it('asks for the same order again when the answer was lost', async () => {
    const { cloud } = await open(<ReleaseCard view={north} door={undefined} />, { ends: [[orders, 'lost']] })
    await stage.press('Release…')
    await stage.press(/^Open all large doors/)
    expect(stage.text()).toContain('No connection.')
    await stage.press(/^Open all large doors/)
    const [first, second] = cloud.sent(orders).map(({ key }) => key)
    expect(first).toBeDefined()
    expect(second).toBe(first)
  })

  it('asks for a new order when another choice follows a lost answer: one key never carries two wishes', async () => {
    const { cloud } = await open(<ReleaseCard view={north} door={undefined} />, { ends: [[orders, 'lost']] })
    await stage.press('Release…')
    await stage.press(/^Open all large doors/)
    await stage.press(/^Open every door/)
    await stage.press(/^Open all large doors/)
    const [large, every, largeAgain] = cloud.sent(orders).map(({ key }) => key)
    expect(every).not.toBe(large)
    expect(largeAgain).toBe(large)
  })

  it('sends once though the finger trembles', async () => {
    const { cloud } = await open(<ReleaseCard view={north} door={undefined} />)
    await stage.press('Release…')
    await stage.pressTwice(/^Open every door/)
    expect(new Set(cloud.sent(orders).map(({ key }) => key)).size).toBe(1)
    expect(cloud.told).toHaveLength(1)
  })

  it('ends an emergency only where one was called', async () => {
    await open(<ReleaseCard view={north} door={undefined} />)
    await stage.press('Release…')
    expect(stage.text()).not.toContain('The emergency is over')
  })

  it('says that help was called, and lets it end', async () => {
    const { cloud } = await open(<ReleaseCard view={north} door={undefined} />, { scene: calling })
    expect(stage.text()).toContain('Help was called here. Call the site')
    await stage.press('Release…')
    await stage.press(/^The emergency is over/)
    expect(cloud.sent(orders)).toMatchObject([{ body: { kind: 'calm', reason: 'Emergency is over' } }])
    expect(cloud.violations).toEqual([])
  })

  it.each([
    ['en', 'Send somebody with the mechanical key'],
    ['zh', '钥匙'],
    ['ko', '열쇠'],
  ])(
    'says in %s what to do where the cabinet is offline, and offers no button that could not work',
    async (locale, words) => {
      await open(<ReleaseCard view={library} door={undefined} />, { locale })
      expect(stage.text()).toContain(words)
      expect(stage.buttons()).toEqual([])
    },
  )

  it('is not there for somebody who may only look', async () => {
    await open(<ReleaseCard view={north} door={undefined} />, {
      scene: ({ me }) => Object.assign(me, { role: 'viewer' }),
    })
    expect(stage.text()).toBe('')
  })

  it('says the refusal in the cloud’s words and stays open', async () => {
    await open(<ReleaseCard view={north} door={undefined} />, { ends: [[orders, refusal(409, 'cabinet-offline')]] })
    await stage.press('Release…')
    await stage.press(/^Open every door/)
    expect(stage.text()).toContain('cabinet-offline')
    expect(stage.buttons().some((name) => name.startsWith('Open every door'))).toBe(true)
  })
})
