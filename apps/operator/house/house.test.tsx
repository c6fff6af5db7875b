import { describe, expect, it } from 'vitest'
import { emptyHouse, houseAt } from '../testing/house.testing.ts'
import { type Scene, idOf } from '../testing/scene.testing.ts'
import { deskNow, refusal, useDeskStage } from '../testing/desk.testing.tsx'
import { PageEvent } from '../../kit/testing/nodes.testing.ts'
import { House } from './house.tsx'
import { welcomeAddress } from './staff-page.tsx'

const begins = (scene: Scene): void => {
  scene.house = emptyHouse(houseAt(deskNow))
  scene.cabinets = []
}
const asRole =
  (role: string) =>
  ({ me }: Scene) =>
    void Object.assign(me, { role })

describe('a house that begins', () => {
  const { stage, open } = useDeskStage()

  it('is led from step to step, what can wait said to', async () => {
    await open(<House part="start" />, { scene: begins })
    expect(stage.all('[data-next="true"] a')[0]?.textContent).toBe('Create a cabinet')
    expect(stage.all('.op-steps li')).toHaveLength(6)
    expect(stage.text().match(/\(can wait\)/g)).toHaveLength(2)
  })

  it.each([
    ['carriers', 'No carriers yet'],
    ['couriers', 'Couriers work for a carrier: add one first.'],
  ] as const)('says of %s what to do first', async (part, words) => {
    await open(<House part={part} />, { scene: begins })
    expect(stage.text()).toContain(words)
  })

  it('shows colleagues and their page to managers alone', async () => {
    await open(<House part="staff" />, { scene: asRole('dispatcher') })
    expect(stage.text()).toContain('Only managers see and invite colleagues.')
    expect(stage.links().map(([name]) => name)).not.toContain('Colleagues')
  })
})

describe('the carriers’ page', () => {
  const { stage, open } = useDeskStage()

  it('makes a carrier, and keeps what was typed until it is right', async () => {
    const { cloud } = await open(<House part="carriers" />)
    await stage.type('Short name, such as sf-express', 'S F')
    await stage.submit()
    expect(stage.text()).toContain('Give a name.')
    expect(stage.text()).toContain('Two to 32 small letters, digits and hyphens.')
    expect(stage.field('Short name, such as sf-express').value).toBe('S F')
    await stage.type('Name that recipients know', ' 韵达快递 ')
    await stage.type('Short name, such as sf-express', 'yunda')
    await stage.submit()
    expect(cloud.sent(/POST .*carriers$/)).toMatchObject([{ body: { name: '韵达快递', code: 'yunda' } }])
    expect(stage.field('Name that recipients know').value).toBe('')
    expect(stage.text()).toContain('韵达快递 yunda')
    expect(cloud.violations).toEqual([])
  })

  it('shows a new key this once, and makes one only though it is pressed twice', async () => {
    const { cloud } = await open(<House part="carriers" />)
    await stage.pressTwice('Make a key')
    expect(cloud.sent(/keys$/)).toHaveLength(1)
    expect(stage.text()).toContain('hfk_Zm9yIHRoZSBqb3VybmV5IG9ubHkgYYy7w')
    await stage.press('Copy')
    expect(stage.page.copied).toEqual(['hfk_Zm9yIHRoZSBqb3VybmV5IG9ubHkgYYy7w'])
    expect(stage.text()).toContain('Copied.')
  })

  it('says how to copy by hand where the browser will not', async () => {
    await open(<House part="carriers" />)
    await stage.press('Make a key')
    Object.assign(navigator.clipboard, { writeText: () => Promise.reject(new Error('not allowed')) })
    await stage.press('Copy')
    expect(stage.text()).toContain('Select the token and copy it by hand.')
  })

  it('adds an endpoint, keeps its address when refused, and shows what a test came to', async () => {
    const { cloud } = await open(<House part="carriers" />, {
      ends: [[/endpoints$/, refusal(422, 'endpoint-not-https')]],
    })
    await stage.type('Address, https', 'http://hooks.example.com')
    await stage.press('Add the endpoint')
    expect(stage.text()).toContain('endpoint-not-https')
    expect(stage.field('Address, https').value).toBe('http://hooks.example.com')
    cloud.ends(/endpoints$/)
    await stage.type('Address, https', 'https://hooks.example.com/2')
    await stage.press('Add the endpoint')
    expect(stage.text()).toContain('whsec_')
    await stage.press('Send a test event')
    expect(stage.text()).toContain('The endpoint took it: 204')
    expect(stage.text()).toContain('41 ms')
    expect(cloud.violations).toEqual([])
  })

  it.each([
    [{ accepted: false, status: 500, problem: null }, 'The endpoint answered 500; only 2xx counts'],
    [{ accepted: false, status: null, problem: 'ECONNREFUSED' }, 'The endpoint could not be reached: ECONNREFUSED'],
  ])('says whose fault a failing endpoint is: %j', async (result, words) => {
    const sent = { id: idOf('event', 1), timestamp: '1', signature: 'v1,x' }
    await open(<House part="carriers" />, {
      ends: [[/test$/, { status: 200, body: { tookMs: 3, sent, ...result } }]],
    })
    await stage.press('Send a test event')
    expect(stage.text()).toContain(words)
    expect(stage.all('.hf-banner-danger')).toHaveLength(1)
  })

  it('lets nobody but a manager make, test or take away', async () => {
    await open(<House part="carriers" />, { scene: asRole('dispatcher') })
    expect(stage.buttons()).toEqual([])
    expect(stage.text()).toContain('顺丰速运')
    expect(stage.text()).toContain('Looked after by others: CJ대한통운')
  })
})

describe('the couriers’ page', () => {
  const { stage, open } = useDeskStage()

  it('adds a courier with an employment that ends after it begins', async () => {
    const { cloud } = await open(<House part="couriers" />)
    await stage.press('Add a courier')
    await stage.submit()
    await stage.type('Last day (none: stays) (optional)', '2026-12-01')
    await stage.type('From (today unless told) (optional)', '2026-12-02')
    await stage.let(() => stage.all('dialog form')[0]?.dispatchEvent(submitEvent()))
    expect(stage.text()).toContain('Give a name.')
    expect(stage.text()).toContain('Write a number that can be called.')
    expect(stage.text()).toContain('The last day must lie after the first.')
    await stage.type('Name', '박기사')
    await stage.type('Phone', '010-1234-5678')
    await stage.type('Last day (none: stays) (optional)', '2026-12-24')
    await stage.let(() => stage.all('dialog form')[0]?.dispatchEvent(submitEvent()))
    expect(cloud.sent(/POST .*couriers$/)).toMatchObject([{ body: { name: '박기사', phone: '010-1234-5678' } }])
    expect(stage.text()).toContain('박기사')
    expect(cloud.violations).toEqual([])
  })

  it('shows what was, what is, and lets only what is be ended, once', async () => {
    const { cloud } = await open(<House part="couriers" />)
    expect(stage.all('.op-employments li').map((line) => line.getAttribute('data-away'))).toEqual(['false', 'true'])
    await stage.pressTwice('End 李师傅’s employment at 顺丰速运 now')
    expect(cloud.sent(/^DELETE/)).toHaveLength(1)
  })

  it('asks the cloud for what is searched, and says when there is nobody', async () => {
    const { cloud, scene } = await open(<House part="couriers" />)
    if (scene.house) scene.house.couriers = []
    await stage.type('Find by name or whole phone number (optional)', ' 王 ')
    expect(cloud.sent(/GET .*couriers$/).at(-1)?.query).toMatchObject({ search: '王' })
    expect(stage.text()).toContain('No couriers here')
  })
})

describe('the colleagues’ page', () => {
  const { stage, open } = useDeskStage()

  it('invites by a link that is shown once, to an address that is one', async () => {
    const { cloud } = await open(<House part="staff" />)
    await stage.press('Invite a colleague')
    await stage.type('Name', 'Park Jiwoo')
    await stage.type('E-mail', 'not an address')
    await stage.submit()
    expect(stage.text()).toContain('This is no e-mail address.')
    expect(cloud.sent(/POST .*staff$/)).toHaveLength(0)
    await stage.type('E-mail', 'park@example.com')
    await stage.press(/^Viewer/)
    await stage.submit()
    expect(cloud.sent(/POST .*staff$/)).toMatchObject([{ body: { email: 'park@example.com', role: 'viewer' } }])
    expect(stage.text()).toContain('Hand this link to Park Jiwoo.')
    expect(stage.text()).toContain(welcomeAddress('dG9rZW4tb2YtYS1saW5r0123'))
    expect(stage.text()).toContain('Park Jiwoo')
    expect(cloud.violations).toEqual([])
  })

  it('changes a role, lets go and takes back, and says a refusal beside the person', async () => {
    const { cloud } = await open(<House part="staff" />)
    await stage.type(/^Role of 김민지/, 'technician')
    expect(cloud.sent(/^PATCH/).at(-1)?.body).toEqual({ role: 'technician' })
    cloud.ends(/^PATCH/, refusal(409, 'last-manager'))
    await stage.press('Let go')
    expect(cloud.sent(/^PATCH/).at(-1)?.body).toEqual({ active: false })
    expect(stage.text()).toContain('last-manager')
    expect(stage.all('.op-list li')[0]?.textContent).toContain('last-manager')
  })
})

const submitEvent = () => new PageEvent('submit')
