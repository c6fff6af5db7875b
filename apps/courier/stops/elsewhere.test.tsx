import { describe, expect, it } from 'vitest'
import { courierWords } from '../../kit/words/courier/courier-words.ts'
import { northGate } from '../../kit/phone/testing/town.testing.ts'
import type { CourierTown } from '../cloud.testing.ts'
import { useCourierStage } from '../phone.testing.tsx'
import { ElsewherePage } from './elsewhere.tsx'
import { RoundPage } from './round-page.tsx'
import { aNeighbour, anItem } from './stops.testing.ts'

const position = (metres: number) => ({ latitude: 30 + metres / 111_195, longitude: 120 })
const parcel = { ...anItem('SF1034567890123'), consent: 'given' as const }

/** The parcel’s own cabinet is full; on the map are it, one near and one far. */
function fullGate(town: CourierTown): void {
  town.round = [parcel]
  town.gate = { ...northGate, position: position(0) }
  town.neighbours = [
    aNeighbour('Unmapped', {}, { addressAlias: 'Locker 12' }),
    aNeighbour('Far', {}, { position: position(900) }),
    aNeighbour('Near', { operatorName: 'Rival' }, { position: position(200), directions: '20 m left of the entrance' }),
    aNeighbour(
      'Beside',
      { free: { S: 0, M: 0, L: 1, XL: 0 } },
      { siteName: northGate.siteName, address: northGate.address },
    ),
    aNeighbour('Too small', { free: { S: 9, M: 0, L: 0, XL: 0 } }, { position: position(50) }),
    aNeighbour('Silent', { online: false }, { position: position(50) }),
  ]
}

describe('a parcel whose cabinet is full', () => {
  const { stage, open } = useCourierStage()
  const page = (client: Parameters<Parameters<typeof open>[0]>[0]) => (
    <ElsewherePage client={client} parcel={parcel.parcel} />
  )
  const cards = (): readonly string[] => stage.all('article').map(({ textContent }) => textContent ?? '')

  it('is offered the neighbours with a door for it, the nearest first, with what is known of the way', async () => {
    const { violations } = await open(page, { town: fullGate })
    expect(cards().map((text) => /Beside|Near|Far|Unmapped|Too small|Silent/.exec(text)?.[0])).toEqual([
      'Beside',
      'Near',
      'Far',
      'Unmapped',
    ])
    const [beside = '', near = '', , unmapped = ''] = cards()
    expect(beside).toContain('right here · 1 door free for it')
    expect(near).toContain('20 m left of the entrance')
    expect(near).toContain('200 m · 2 doors free for it · Rival')
    expect(unmapped).toContain('Locker 12')
    expect(unmapped).not.toMatch(/\d m ·/)
    expect(violations).toEqual([])
  })

  it('goes on the list for the one that its recipient is asked about', async () => {
    const { calls, town, violations } = await open(page, { town: fullGate })
    await stage.press('Ask the recipient')
    const [sent] = calls.filter(({ at }) => at.endsWith('/elsewhere'))
    expect(sent?.body).toEqual({ cabinet: town.neighbours[3]?.place.cabinet })
    expect(location.hash).toBe('#round')
    expect(violations).toEqual([])
  })

  it('stays with the choice, and says why, where the recipient was asked a moment ago', async () => {
    await open(page, {
      town: (town) => {
        fullGate(town)
        town.silent = true
      },
    })
    await stage.press('Ask the recipient')
    expect(stage.text()).toContain('The recipient was asked a moment ago.')
    expect(cards()).toHaveLength(4)
  })

  it.each(courierWords.languages.map(({ locale }) => locale))(
    'has two ways on in %s where all are full',
    async (locale) => {
      const { t } = await courierWords.load(locale)
      await open(page, { locale, town: (town) => void (town.round = [parcel]) })
      for (const id of ['courier.elsewhere.none', 'courier.elsewhere.none.hint', 'courier.elsewhere.queue'] as const)
        expect(stage.text()).toContain(t(id))
      expect(stage.text()).not.toMatch(/courier\.|[{}]|undefined|NaN/)
    },
  )

  it('that was dropped meanwhile is said to be gone', async () => {
    await open(page)
    expect(stage.text()).toContain('This parcel is not on your list any more')
    expect(cards()).toEqual([])
  })
})

describe('the list of the morning', () => {
  const { stage, open } = useCourierStage()
  const rows = (): readonly string[] => stage.all('li.deposit').map(({ textContent }) => textContent ?? '')

  it.each([
    ['given', true],
    ['none', true],
    ['unanswered', true],
    ['declined', true],
    ['asked', false],
  ] as const)('offers another cabinet where its own is full and the answer is %s: %s', async (consent, offered) => {
    await open((client) => <RoundPage client={client} />, {
      town: (town) => {
        fullGate(town)
        town.round = [{ ...parcel, consent }]
      },
    })
    expect(rows()[0]).toContain('No door for it is free at 北门柜 1')
    expect(stage.buttons().includes('Another cabinet')).toBe(offered)
  })

  it('offers none where a door is free and the recipient agrees, nor for what lies behind a door', async () => {
    await open((client) => <RoundPage client={client} />, {
      town: (town) => {
        const beside = aNeighbour('Free one')
        town.neighbours = [beside]
        const there = { ...parcel, cabinet: beside.place.cabinet }
        town.round = [there, { ...parcel, parcel: anItem('SF2').parcel, state: 'stored' }]
      },
    })
    expect(rows()[0]).toContain('Free one · medium')
    expect(stage.buttons()).not.toContain('Another cabinet')
  })

  it('asks everybody who was not asked by one button', async () => {
    const { calls, violations } = await open((client) => <RoundPage client={client} />, {
      town: (made) => void (made.round = [made.item('SF1'), made.item('SF2'), made.item('SF3')]),
    })
    await stage.press('Ask 3 recipients')
    expect(calls.filter(({ at }) => at.endsWith('/ask'))).toHaveLength(1)
    expect(stage.text()).toContain('0 agreed · 3 asked · 0 declined · 0 not asked')
    expect(violations).toEqual([])
  })

  it.each([
    ['en', ['Agreed', 'Wants it at the door', 'Asked, no answer within ten minutes']],
    ['zh', ['同意入柜', '要求送货上门', '十分钟内未答复']],
    ['ko', ['동의함', '문 앞 배송 희망', '10분 동안 답 없음']],
  ])('tells each answer in %s, a refusal and a silence as what they are', async (locale, words) => {
    await open((client) => <RoundPage client={client} />, {
      locale,
      town: (town) => {
        const consents = ['given', 'declined', 'unanswered'] as const
        town.round = consents.map((consent, i) => ({ ...town.item(`SF${i}`), consent }))
      },
    })
    for (const [i, word] of words.entries()) expect(rows()[i]).toContain(word)
    expect(stage.text()).not.toMatch(/courier\.|[{}]|undefined|NaN/)
  })
})
