import { beforeAll, describe, expect, it } from 'vitest'
import { readId } from '@holdfast/core/values/ids.ts'
import { referenceOf } from '@holdfast/core/values/reference.ts'
import { recipientWords } from '../kit/words/recipient/recipient-words.ts'
import { readKioskCode } from '../kit/phone/at-kiosk/kiosk-code.ts'
import { refuses } from '../kit/phone/testing/cloud.testing.ts'
import { kioskCode, kioskNumber, northGate } from '../kit/phone/testing/town.testing.ts'
import { OpenHere } from './afar/open-here.tsx'
import { Give } from './handover/give.tsx'
import { Take } from './handover/take.tsx'
import { Parcels } from './parcels/parcels.tsx'
import { type Opened, useRecipientStage } from './phone.testing.tsx'
import { Pickup } from './pickup/pickup.tsx'

// Fetched when they are gone to: here they are at hand, for time stands still on the stage.
beforeAll(async () => {
  await Promise.all([import('./parcels/not-mine.tsx'), import('../kit/phone/at-kiosk/hold-grant.tsx')])
})

const list = 'GET /v1/recipient/parcels'
const longName = '서울특별시 강남구 '.repeat(8).trim()
const sentTo = ({ calls }: Opened, at: RegExp) => calls.filter((call) => at.test(call.at))

describe('a recipient’s parcels', () => {
  const { stage, open } = useRecipientStage()

  it('stand with their codes at once, what is on its way and what was below', async () => {
    const opened = await open((client) => <Parcels client={client} />)
    expect(stage.all('h2').map((title) => title.textContent)).toEqual(['2 doors wait for you', 'On the way', 'Earlier'])
    expect(stage.text()).toContain('Code 0 4 8 2 1 5 9 3 7')
    expect(stage.text()).toContain('Was kept free until')
    for (const { deposit } of opened.town.lists.waiting) {
      const id = readId('deposit', deposit ?? '')
      expect(stage.text()).toContain(`For support: ${id === undefined ? 'nothing' : referenceOf(id)}`)
    }
    expect(stage.text()).toContain('The cabinet is offline just now. The code works all the same.')
    expect(opened.violations).toEqual([])
  })

  it.each(['en', 'zh', 'ko'])('say in %s that they are asked for, and that none waits', async (locale) => {
    const { t } = await recipientWords.load(locale)
    await open((client) => <Parcels client={client} />, { locale, ends: { [list]: 'never' } })
    expect(stage.text()).toContain(t('recipient.loading'))
    const none = { waiting: [], expected: [], past: [] }
    await open((client) => <Parcels key={2} client={client} />, { locale, town: (town) => void (town.lists = none) })
    expect(stage.text()).toContain(t('recipient.none'))
    expect(stage.text()).not.toMatch(/recipient\.|[{}]|undefined|NaN/)
  })

  it('stay on the screen while a newer list cannot be had, and say why', async () => {
    const opened = await open((client) => <Parcels client={client} />)
    opened.ends(list, 'offline')
    await stage.after(15_100)
    expect(stage.text()).toContain('No connection.')
    expect(stage.text()).toContain('Code 0 4 8 2 1 5 9 3 7')
    opened.ends(list)
    await stage.press('Try again')
    expect(stage.text()).not.toContain('No connection.')
  })

  it('are asked for again when somebody looks, and not while nobody does', async () => {
    const opened = await open((client) => <Parcels client={client} />)
    const asked = (): number => sentTo(opened, /parcels$/).length
    stage.page.document.visibilityState = 'hidden'
    await stage.after(60_000)
    expect(asked()).toBe(1)
    stage.page.document.visibilityState = 'visible'
    await stage.after(15_000)
    expect(asked()).toBe(2)
  })

  it('carry names of any length whole', async () => {
    await open((client) => <Parcels client={client} />, {
      town: (town) => {
        const [first] = town.lists.waiting
        if (first?.place)
          town.lists = { ...town.lists, waiting: [{ ...first, place: { ...first.place, name: longName } }] }
      },
    })
    expect(stage.text()).toContain(longName)
  })

  it.each([
    [
      'en',
      200,
      'May it go to this locker, 200 m from there, instead?',
      'Yes, put it there',
      'You agreed to this locker.',
    ],
    ['en', null, 'May it go to this locker instead?', 'No, not there', 'It does not go to this locker.'],
    ['zh', 200, '两柜相距约 200 米', '可以，放这里', '您同意放入这台柜。'],
    ['ko', 200, '약 200m 떨어진', '아니요', '이 보관함에는 넣지 않습니다.'],
  ])(
    'ask in %s about another locker (%s m), and send which one was meant',
    async (locale, metres, asks, button, told) => {
      const place = { ...northGate, directions: '大门左侧 20 米' }
      const opened = await open((client) => <Parcels client={client} />, {
        locale,
        town: (town) => {
          const [first, ...more] = town.lists.expected
          if (first === undefined) throw new Error('nothing is expected')
          const asked = { ...first, place, instead: { name: 'Gate 1', metres } }
          town.lists = { ...town.lists, expected: [asked, ...more] }
        },
      })
      for (const said of [asks, '大门左侧 20 米', 'Gate 1']) expect(stage.text()).toContain(said)
      await stage.press(button)
      expect(sentTo(opened, /consent$/).map(({ body }) => body)).toMatchObject([{ cabinet: place.cabinet }])
      expect(stage.text()).toContain(told)
      expect(opened.violations).toEqual([])
    },
  )

  it('ask for consent once, let it be changed, and keep the question where it could not be sent', async () => {
    const opened = await open((client) => <Parcels client={client} />)
    const consent = /consent$/
    const [asked] = opened.town.lists.expected
    opened.ends(`POST /v1/recipient/parcels/${asked?.id}/consent`, 'offline')
    await stage.press('Yes, in a locker')
    expect(stage.text()).toContain('May the courier leave this parcel in a locker?')
    expect(stage.text()).toContain('No connection.')
    opened.ends(`POST /v1/recipient/parcels/${asked?.id}/consent`)
    await stage.pressTwice('Yes, in a locker')
    expect(sentTo(opened, consent).map(({ body }) => body)).toMatchObject([{ accept: true }, { accept: true }])
    expect(stage.text()).toContain('You agreed to a locker.')
    await stage.press('Change')
    await stage.press('No, to my door')
    expect(stage.text()).toContain('It is brought to your door.')
    expect(opened.violations).toEqual([])
  })

  it('have their code sent again, and say it when that was too soon', async () => {
    const opened = await open((client) => <Parcels client={client} />, {
      town: (town) => void (town.toldAlready = true),
    })
    await stage.press('Send the code again')
    expect(stage.text()).toContain('The code was sent a moment ago. Wait a little.')
    delete opened.town.toldAlready
    await stage.press('Send the code again')
    expect(stage.text()).toContain('The message with the code is on its way again.')
  })

  it('are somebody else’s only after a question, and go from the list then', async () => {
    const opened = await open((client) => <Parcels client={client} />)
    await stage.press('Not my parcel?')
    await stage.press('It is mine')
    expect(sentTo(opened, /not-mine$/)).toHaveLength(0)
    await stage.press('Not my parcel?')
    await stage.pressTwice('It is not mine')
    expect(sentTo(opened, /not-mine$/)).toHaveLength(1)
    expect(stage.text()).toContain('The code opens nothing any more')
    await stage.press(/^Close$/)
    expect(stage.text()).toContain('Ready for you')
  })
})

describe('a pickup by phone', () => {
  const { stage, open } = useRecipientStage()
  const code = readKioskCode(kioskCode) ?? { cabinet: '', nonce: '' }
  const typeDigits = async (digits: string): Promise<void> => {
    for (const digit of digits) await stage.press(digit)
  }

  it('opens door after door with one look at the screen, and says when that was the last', async () => {
    const opened = await open((client) => <Pickup client={client} code={code} />)
    await stage.press(/^Open door A07/)
    expect(sentTo(opened, /grants$/)).toHaveLength(0)
    await typeDigits(kioskNumber)
    await stage.pressTwice('Open door A07')
    expect(sentTo(opened, /grants$/)).toHaveLength(1)
    expect(stage.text()).toContain('Door A07 is opening')
    await stage.press('Next: open door B03')
    expect(stage.text()).toContain('That was the last door.')
    expect(stage.buttons()).toContain('All done')
    expect(opened.violations).toEqual([])
  })

  it('after a wrong number leads to a fresh look: the nonce is burnt', async () => {
    const opened = await open((client) => <Pickup client={client} code={code} />)
    await typeDigits('11')
    await stage.press('Open door A07')
    expect(stage.text()).toContain('The two digits do not match the screen.')
    expect(stage.buttons()).not.toContain('Open door A07')
    await stage.press('Scan again')
    expect(stage.page.location.hash).toBe('#scan')
    expect(sentTo(opened, /grants$/)).toHaveLength(1)
  })

  it('keeps the digits where only the way to the cloud failed', async () => {
    const opened = await open((client) => <Pickup client={client} code={code} />, {
      ends: { '/v1/recipient/pickup-grants': 'offline' },
    })
    await typeDigits(kioskNumber)
    await stage.press('Open door A07')
    expect(stage.text()).toContain('No connection.')
    opened.ends('/v1/recipient/pickup-grants')
    await stage.press('Open door A07')
    expect(stage.text()).toContain('Door A07 is opening')
  })

  it('holds the grant before the scanner where the cabinet is offline', async () => {
    await open((client) => <Pickup client={client} code={code} />, { town: (town) => void (town.online = false) })
    expect(stage.text()).toContain('This cabinet is offline.')
    await typeDigits(kioskNumber)
    await stage.press('Open door A07')
    await stage.after(20)
    expect(stage.text()).toContain('Hold this before the scanner: door A07')
  })

  it.each([
    ['offline', ['Try again', 'Scan again']],
    [refuses(410, 'nonce-stale', { en: 'This screen has moved on.', zh: '', ko: '' }), ['Scan again']],
  ] as const)('that cannot begin offers only what helps: %j', async (ending, ways) => {
    await open((client) => <Pickup client={client} code={code} />, { ends: { '/v1/recipient/kiosk-scans': ending } })
    expect(stage.buttons().filter((name) => name !== 'Help')).toEqual(ways)
  })

  it('says that nothing of one’s own is here', async () => {
    await open((client) => <Pickup client={client} code={code} />, {
      town: ({ lists }) => void (lists.waiting.length = 0),
    })
    expect(stage.text()).toContain('Nothing of yours is in this cabinet')
  })
})

describe('a door opened from the phone before a dead screen', () => {
  const { stage, open } = useRecipientStage()
  const door = { cabinet: 'cab_1', deposit: 'dep_1', label: 'A07', phone: '95338' }

  it('is followed from press to shut, and not asked after any more then', async () => {
    const opened = await open((client) => <OpenHere client={client} {...door} />)
    await stage.press(/^Open door A07 here/)
    await stage.pressTwice('I stand there: open A07')
    expect(sentTo(opened, /^POST .*pickups$/)).toHaveLength(1)
    await stage.after(1_000)
    expect(stage.text()).toContain('Door A07 is open')
    await stage.after(1_000)
    expect(stage.text()).toContain('Door A07 is shut')
    const looks = sentTo(opened, /^GET .*pickups/).length
    await stage.after(60_000)
    expect(sentTo(opened, /^GET .*pickups/)).toHaveLength(looks)
    await stage.press('Open A07 once more')
    await stage.after(1_000)
    expect(stage.text()).toContain('Door A07 is open')
  })

  it('says what became of it where the cabinet would not, and whom to call', async () => {
    await open((client) => <OpenHere client={client} {...door} />, {
      town: (town) => void (town.afar = [{ state: 'unanswered', door: 'unseen' }]),
    })
    await stage.press(/^Open door A07 here/)
    await stage.press('I stand there: open A07')
    expect(stage.text()).toContain('The cabinet did not open the door')
    expect(stage.links()).toContainEqual(['Complaints: 95338', 'tel:95338'])
  })

  it('may still move when it is stuck, and is looked at on', async () => {
    await open((client) => <OpenHere client={client} {...door} />, {
      town: (town) =>
        void (town.afar = [
          { state: 'taken', door: 'stuck' },
          { state: 'taken', door: 'open' },
        ]),
    })
    await stage.press(/^Open door A07 here/)
    await stage.press('I stand there: open A07')
    expect(stage.text()).toContain('Press lightly against the door')
    await stage.after(1_000)
    expect(stage.text()).toContain('Door A07 is open')
  })
})

describe('a parcel handed over', () => {
  const { stage, open } = useRecipientStage()

  it('goes by a link that is made, shown, copied and taken back', async () => {
    const opened = await open((client) => (
      <Give client={client} cabinet="cab_1" deposit="dep_1" onClose={() => undefined} />
    ))
    await stage.press('Make a link')
    const link = stage.all('.handover-link')[0]?.textContent ?? ''
    expect(link).toMatch(/#take\/a{22}$/)
    await stage.press('Send the link')
    expect(stage.page.copied).toEqual([link])
    await stage.press('Take it back')
    expect([stage.text().includes(link), sentTo(opened, /take-back$/).length]).toEqual([false, 1])
  })

  it('is taken on by whoever opens the link, or is said to be gone', async () => {
    const gone = refuses(410, 'handover-gone', { en: 'This link works no more.', zh: '', ko: '' })
    await open((client) => <Take client={client} token="abc" />, { ends: { '/v1/recipient/handovers/claim': gone } })
    expect(stage.text()).toContain('This link works no more.')
    expect(stage.buttons()).not.toContain('Pick up by phone')
    const opened = await open((client) => <Take key={2} client={client} token="abc" />)
    expect(sentTo(opened, /claim$/).map(({ body }) => body)).toEqual([{ token: 'abc' }])
    expect(stage.buttons().some((name) => name.startsWith('Pick up by phone'))).toBe(true)
  })
})
