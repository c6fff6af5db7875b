import { describe, expect, it } from 'vitest'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import { EmergencyBar } from '../../safety/emergency-bar.tsx'
import { refusal, useDeskStage } from '../../testing/desk.testing.tsx'
import { idOf, type Scene } from '../../testing/scene.testing.ts'
import { shownForMs } from './call-back-sheet.tsx'
import { Overview } from '../overview.tsx'

const asker = /asker$/
const settle = /settle$/
const number = '+8613812345678'

const asked =
  (kind: Alert['kind'] = 'help-asked', by: Alert['asker'] = 'recipient') =>
  (scene: Scene): void => {
    const [alert] = scene.alerts
    if (alert && by) scene.alerts.push({ ...alert, id: idOf('alert', 7), kind, door: null, asker: by })
  }

describe('somebody who asks for a call back', () => {
  const { stage, open } = useDeskStage()
  const overview = <Overview show={undefined} />

  it.each([
    ['en', 'A recipient asks to be called back'],
    ['zh', '收件人请求回电'],
    ['ko', '받는 분이 전화를 요청했습니다'],
  ] as const)('stands in the list in %s, without a number', async (locale, words) => {
    const { cloud } = await open(overview, { locale, scene: asked() })
    expect(stage.text()).toContain(words)
    expect(stage.text()).not.toContain(number)
    expect(cloud.sent(asker)).toEqual([])
    expect(stage.text()).not.toMatch(/operator\.|[{}]|undefined/)
  })

  it('is shown by a press, for a minute, and by another press again', async () => {
    const { cloud } = await open(overview, { scene: asked() })
    await stage.press('Call back')
    expect(stage.text()).not.toContain(number)
    await stage.press('Show the number')
    expect(stage.links()).toContainEqual([number, `tel:${number}`])
    await stage.after(shownForMs)
    expect(stage.text()).not.toContain(number)
    await stage.press('Show the number')
    expect(stage.text()).toContain(number)
    expect(cloud.sent(asker)).toHaveLength(2)
    expect(stage.text()).toContain('is on it')
    expect(cloud.violations).toEqual([])
  })

  it('is done by one word, with a note for the colleagues, and leaves the list', async () => {
    const { cloud } = await open(overview, { scene: asked('help-asked', 'courier') })
    expect(stage.text()).toContain('A courier asks to be called back')
    await stage.press('Call back')
    await stage.type(/Note/, 'found his door')
    await stage.press('We have spoken')
    expect(cloud.sent(settle).map(({ body }) => body)).toEqual([{ note: 'found his door' }])
    expect(stage.text()).not.toContain('asks to be called back')
    expect(cloud.violations).toEqual([])
  })

  it('is told that a colleague was faster', async () => {
    const gone = refusal(409, 'alert-not-asked')
    await open(overview, { scene: asked(), ends: [[asker, gone]] })
    await stage.press('Call back')
    await stage.press('Show the number')
    expect(stage.text()).toContain('alert-not-asked')
  })

  it('is nobody’s to call for who may only look', async () => {
    await open(overview, {
      scene: (scene) => (asked()(scene), Object.assign(scene, { me: { ...scene.me, role: 'viewer' } })),
    })
    expect(stage.text()).toContain('A recipient asks to be called back')
    expect(stage.buttons()).not.toContain('Call back')
  })

  it('stands above every screen where somebody is shut inside, with who says so', async () => {
    await open(<EmergencyBar />, { scene: asked('shut-in-told') })
    expect(stage.text()).toContain('A recipient says that somebody is shut inside')
    expect(stage.buttons()).toEqual(['Silence'])
  })

  it('does not ring where only a call back is asked for', async () => {
    await open(<EmergencyBar />, { scene: asked() })
    expect(stage.text()).toBe('')
  })
})
