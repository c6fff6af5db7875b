import { useState } from 'react'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { Button } from '../../kit/controls/ask/button.tsx'
import { useStage } from '../../kit/testing/stage.testing.ts'
import { kioskWords } from '../../kit/words/kiosk/kiosk-words.ts'
import { WordsProvider } from '../../kit/words/use-words.tsx'
import { NumberSheet } from '../screens/courier/number-sheet.tsx'
import { DigitEntry } from './digit-entry.tsx'
import { PhoneEntry } from './phone-entry.tsx'

describe('what is typed at the kiosk', () => {
  const stage = useStage()
  const draw = async (node: ReactNode, locale = 'en'): Promise<void> =>
    await stage.draw(<WordsProvider words={await kioskWords.load(locale)}>{node}</WordsProvider>)
  const keys = async (text: string): Promise<void> => {
    for (const key of text) await stage.key(key)
  }

  it('a code is handed on once it is whole, and a new try begins empty', async () => {
    const full: string[] = []
    const entry = (attempt: number): ReactNode => (
      <DigitEntry length={4} attempt={attempt} onFull={(all) => full.push(all)} />
    )
    await draw(entry(1))
    await keys('00179')
    expect([full, stage.text().startsWith('4 of 4')]).toEqual([['0017'], true])
    await draw(entry(2))
    expect(stage.text()).toMatch(/^No digit entered/)
    await keys('23')
    expect(full).toHaveLength(1)
  })

  it('keeps what was typed while the same question stands, whatever is drawn around it', async () => {
    function Around(): ReactNode {
      const [n, setN] = useState(0)
      return (
        <>
          <DigitEntry length={9} attempt={1} onFull={() => undefined} />
          <Button onPress={() => setN(n + 1)}>{`drawn ${n}`}</Button>
        </>
      )
    }
    await draw(<Around />)
    await keys('123')
    await stage.press('drawn 0')
    await stage.press('drawn 1')
    expect(stage.text()).toContain('3 of 9 digits entered')
  })

  it('a phone of any country is grouped for the eye, sent bare, and never too short or too long', async () => {
    const done: string[] = []
    await draw(<PhoneEntry country="CN" busy={false} verb="Send" onDone={(phone) => done.push(phone)} />)
    await keys('01012')
    await stage.press('Send')
    expect(done).toEqual([])
    await keys('345678')
    expect(stage.all('.phone-digits')[0]?.textContent).toBe('010 1234 5678')
    await stage.press('Send')
    await keys('999999999')
    await stage.press('Send')
    expect(done).toEqual(['01012345678', '01012345678999999'])
  })

  it.each([
    ['CN', '057188881234', '0571 8888 1234'],
    ['CN', '01088881234', '010 8888 1234'],
    ['CN', '00821012345678', '00 8210 1234 5678'],
    ['KR', '0311234567', '031 1234 567'],
  ])('in %s, %s stands as %s', async (country, typed, shown) => {
    await draw(<PhoneEntry country={country} busy={false} verb="Send" onDone={() => undefined} />)
    await keys(typed)
    expect(stage.all('.phone-digits')[0]?.textContent).toBe(shown)
  })

  it('a phone that is being looked up cannot be changed or sent again', async () => {
    const done: string[] = []
    const entry = (busy: boolean): ReactNode => (
      <PhoneEntry country="CN" busy={busy} verb="Send" onDone={(phone) => done.push(phone)} />
    )
    await draw(entry(false))
    await keys('13800138000')
    await draw(entry(true))
    await keys('99')
    await stage.press('Send')
    expect([done, stage.all('.phone-digits')[0]?.textContent]).toEqual([[], '138 0013 8000'])
  })

  it('a number by letters is upper case, bounded, erased letter by letter and forgotten when the sheet shuts', async () => {
    const done: string[] = []
    let shut = 0
    const sheet = <NumberSheet open onClose={() => (shut += 1)} onDone={(text) => done.push(text)} />
    await draw(sheet)
    for (const letter of ['S', 'F', '1', '-']) await stage.press(letter)
    const use = (await kioskWords.load('en')).t('kiosk.number.use')
    await stage.press(use)
    expect(done).toEqual([])
    await stage.press('Delete last digit')
    const field = (await kioskWords.load('en')).t('kiosk.number.title')
    await stage.type(field, 'sf1034567890123')
    await stage.press(use)
    expect([done, shut, stage.field(field).value]).toEqual([['SF1034567890123'], 1, ''])
    await stage.type(field, 'z'.repeat(47))
    for (let presses = 0; presses < 3; presses += 1) await stage.press('Z')
    expect(stage.field(field).value).toBe('Z'.repeat(48))
  })
})
