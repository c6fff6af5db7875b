import { beforeAll, describe, expect, it } from 'vitest'
import { recipientWords } from '../../kit/words/recipient/recipient-words.ts'
import { aMessage } from '../cloud.testing.ts'
import { Parcels } from '../parcels/parcels.tsx'
import { type Opened, useRecipientStage } from '../phone.testing.tsx'
import { Inbox } from './inbox.tsx'

beforeAll(async () => await import('./inbox-link.tsx'))

const list = 'GET /v1/recipient/inbox'
const reading = 'POST /v1/recipient/inbox/read'
const read = ({ calls }: Opened) => calls.filter(({ at }) => at === reading).map(({ body }) => body)
const [fresh, old] = [aMessage({ subject: 'A parcel is waiting' }), aMessage({ subject: 'Collect soon', isRead: true })]

describe('the messages in the app', () => {
  const { stage, open } = useRecipientStage()
  const opened = async (given: Parameters<typeof open>[1] = {}) =>
    await open((client) => <Inbox client={client} />, { town: (town) => void (town.messages = [fresh, old]), ...given })
  const titles = () => stage.all('h2').map(({ textContent }) => textContent)

  it('stand newest first, what is new marked by a word, and to be shown is their receipt', async () => {
    const it = await opened()
    expect(titles()).toEqual(['NewA parcel is waiting', 'Collect soon'])
    expect(stage.text()).toContain('048 215 937')
    expect(read(it)).toEqual([{ messages: [fresh.id] }])
    // Heard by the cloud, it stays marked as long as the page is looked at.
    await stage.after(15_100)
    expect(titles()[0]).toBe('NewA parcel is waiting')
    expect(read(it)).toHaveLength(1)
    expect(it.violations).toEqual([])
  })

  it('are told as read again where the first word was lost', async () => {
    const it = await opened({ ends: { [reading]: 'offline' } })
    it.ends(reading)
    await stage.after(15_100)
    expect(read(it)).toEqual([{ messages: [fresh.id] }, { messages: [fresh.id] }])
    expect(it.town.messages.every(({ isRead }) => isRead)).toBe(true)
  })

  it('come while the page is open', async () => {
    const it = await opened({ town: (town) => void (town.messages = []) })
    expect(stage.text()).toContain('No messages yet')
    it.town.messages = [fresh]
    await stage.after(15_100)
    expect([titles(), read(it)]).toEqual([['NewA parcel is waiting'], [{ messages: [fresh.id] }]])
  })

  it('stay on the screen while newer ones cannot be had', async () => {
    const it = await opened()
    it.ends(list, 'offline')
    await stage.after(15_100)
    expect(stage.text()).toContain('No connection.')
    expect(titles()).toHaveLength(2)
  })

  it.each(['en', 'zh', 'ko'])('say in %s that they are looked for, and that there are none', async (locale) => {
    const { t } = await recipientWords.load(locale)
    await opened({ locale, ends: { [list]: 'never' } })
    expect(stage.text()).toContain(t('recipient.inbox.loading'))
    await open((client) => <Inbox key={2} client={client} />, { locale })
    expect(stage.text()).toContain(t('recipient.inbox.none.hint'))
    expect(stage.text()).not.toMatch(/recipient\.|[{}]|undefined|NaN/)
  })

  it.each([
    ['en', '2 new messages', 'Messages'],
    ['zh', '2 条新消息', '消息'],
    ['ko', '새 메시지 2건', '메시지'],
  ])('are counted on the first page, in %s', async (locale, two, none) => {
    const it = await open((client) => <Parcels client={client} />, {
      locale,
      town: (town) => void (town.messages = [fresh, aMessage(), old]),
    })
    await stage.after(10)
    const link = () => stage.links().find(([, to]) => to === '#inbox')?.[0]
    expect(link()).toBe(two)
    it.town.messages = [old]
    await stage.after(15_100)
    expect(link()).toBe(none)
    expect(it.violations).toEqual([])
  })
})
