import { describe, expect, it } from 'vitest'
import { correctReasons, resendReasons } from '@holdfast/wire/http/parcels.ts'
import { courierWords } from '../../kit/words/courier/courier-words.ts'
import { aDeposit, type CourierTown } from '../cloud.testing.ts'
import { useCourierStage } from '../phone.testing.tsx'
import { Today } from './today.tsx'

const save = 'Use this number'
const again = 'Send the message again'

describe('a courier whose recipient does not know', () => {
  const { stage, open } = useCourierStage()
  const sheet = async (town?: (town: CourierTown) => void) => {
    const opened = await open((client) => <Today client={client} />, town === undefined ? {} : { town })
    await stage.press('Door A07: correct or send again')
    const sent = () => opened.calls.filter(({ at }) => at.startsWith('POST')).map(({ at, body }) => [way(at), body])
    return { ...opened, sent }
  }
  const way = (at: string): string => at.slice(at.lastIndexOf('/') + 1)
  const rests = (name: string): boolean =>
    stage.all('button').some((button) => button.textContent === name && button.hasAttribute('disabled'))
  const english = async () => (await courierWords.load('en')).t
  const pick = async (why: (typeof correctReasons)[number]) => {
    const t = await english()
    await stage.press(t(`courier.amend.why.${why}`))
  }

  it('sends nothing before he has said why, and needs no key for that', async () => {
    const { sent } = await sheet()
    await stage.type('The right phone number', '139 0000 0001')
    expect([rests(save), rests(again)]).toEqual([true, true])
    await stage.submit()
    await stage.press(again)
    expect(sent()).toEqual([])
    expect(stage.all('input[type="radio"]').map((radio) => radio.checked)).toEqual([false, false, false, false])
    await pick('carrier-said')
    expect([rests(save), rests(again)]).toEqual([false, false])
  })

  it('sends nothing before there is a number, whatever the reason', async () => {
    const { sent } = await sheet()
    await pick('wrong-digit')
    await stage.type('The right phone number', ' 1 ')
    expect(rests(save)).toBe(true)
    await stage.submit()
    expect(sent()).toEqual([])
  })

  it.each(correctReasons)('corrects the phone with what he picked: %s', async (reason) => {
    const { town, sent, violations } = await sheet()
    await stage.type('The right phone number', ' 139 0000 0001 ')
    await pick(reason)
    await stage.press(save)
    const cabinet = town.deposits[0]?.place.cabinet
    expect(sent()).toEqual([['recipient', { cabinet, recipientPhone: '139 0000 0001', reason }]])
    expect(stage.text()).toContain('The old code is dead')
    expect(violations).toEqual([])
  })

  it.each(resendReasons)('has the message sent again with what he picked: %s', async (reason) => {
    const { town, sent, violations } = await sheet()
    await pick(reason)
    await stage.press(again)
    expect(sent()).toEqual([['resend', { cabinet: town.deposits[0]?.place.cabinet, reason }]])
    expect(stage.text()).toContain('The message is on its way again')
    expect(violations).toEqual([])
  })

  it('is not offered to tell a number with a wrong digit once more, and may think again', async () => {
    const { sent } = await sheet()
    await pick('wrong-digit')
    expect(stage.buttons()).not.toContain(again)
    await pick('recipient-asked')
    await stage.press(again)
    expect(sent().map(([, body]) => body)).toMatchObject([{ reason: 'recipient-asked' }])
  })

  it('keeps number and reason where the cloud cannot read the number', async () => {
    const { sent } = await sheet()
    await stage.type('The right phone number', 'abcdef')
    await pick('wrong-digit')
    await stage.press(save)
    expect(stage.text()).toContain('This phone number cannot be read')
    await stage.type('The right phone number', '139 0000 0001')
    await stage.press(save)
    expect(sent().map(([, body]) => body)).toMatchObject([{ reason: 'wrong-digit' }, { reason: 'wrong-digit' }])
  })

  it('does not tell a number again whose owner says "not mine", whatever is picked', async () => {
    await sheet((town) => (town.deposits = [aDeposit({ notMine: true })]))
    for (const reason of correctReasons) {
      await pick(reason)
      expect(stage.buttons()).not.toContain(again)
    }
  })

  it.each(['zh', 'en', 'ko'])('reads one question and four answers that differ, in %s', async (locale) => {
    const { t } = await courierWords.load(locale)
    await open((client) => <Today client={client} />, { locale })
    await stage.press(t('courier.amend.of', { label: 'A07' }))
    expect(stage.all('legend').map(({ textContent }) => textContent)).toEqual([t('courier.amend.why')])
    const said = stage.all('fieldset label').map(({ textContent }) => textContent)
    expect(said).toEqual(correctReasons.map((reason) => t(`courier.amend.why.${reason}`)))
    expect(new Set(said).size).toBe(correctReasons.length)
  })
})
