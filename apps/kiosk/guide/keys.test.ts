import { describe, expect, it, vi } from 'vitest'
import { keyOf, meaningOf, numbered } from './keys.ts'
import type { Choice, Entry, Page } from './read-page.ts'

const choice = (name: string, press = (): void => undefined): Choice => ({ name, locale: null, press })
const quiet: Page = {
  says: ['What is wrong?'],
  choices: [],
  entry: null,
  back: null,
  confirm: null,
  help: null,
  moreTime: null,
  louder: null,
  digits: null,
}
const entry = (typed: number): Entry => ({ typed, wanted: 9, erase: () => undefined })

describe('the keys of a screen with choices', () => {
  it('press the choice of their number, and help, volume and back where they always are', () => {
    const pressed: string[] = []
    const note = (what: string) => () => void pressed.push(what)
    const page: Page = {
      ...quiet,
      choices: [choice('all good', note('good')), choice('open again', note('again'))],
      confirm: choice('all good', note('confirmed')),
      back: note('back'),
      help: note('help'),
      louder: note('louder'),
    }
    for (const key of ['1', '2', '#', '*', '9', '8']) {
      const meaning = meaningOf(key, page)
      expect(meaning.does).toBe('press')
      if (meaning.does === 'press') meaning.press()
    }
    expect(pressed).toEqual(['good', 'again', 'confirmed', 'back', 'help', 'louder'])
  })

  it.each(['1', '7', '#', '*', '9', '8'])('say that %s does nothing where there is nothing for it', (key) => {
    expect(meaningOf(key, quiet)).toEqual({ does: 'nothing' })
  })

  it('say it again at zero, on every such screen', () => {
    expect(meaningOf('0', quiet)).toEqual({ does: 'repeat' })
  })

  it('number at most seven choices: eight and nine are taken', () => {
    const many: Page = { ...quiet, choices: Array.from({ length: 12 }, (_, i) => choice(`${i}`)) }
    expect(numbered(many).map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  })
})

describe('the keys of a screen that asks for digits', () => {
  it.each('0123456789'.split(''))('%s is typed, and chooses nothing', (key) => {
    const page: Page = { ...quiet, entry: entry(0), choices: [choice('1'), choice('2')] }
    expect(meaningOf(key, page)).toEqual({ does: 'digit', digit: key })
    expect(numbered(page)).toEqual([])
  })

  it('star takes the last digit back, and goes back where there is none', () => {
    const erase = vi.fn()
    const back = vi.fn()
    for (const typed of [2, 0]) {
      const meaning = meaningOf('*', { ...quiet, entry: { ...entry(typed), erase }, back })
      if (meaning.does === 'press') meaning.press()
    }
    expect([erase.mock.calls.length, back.mock.calls.length]).toEqual([1, 1])
  })

  it('hash goes on where something is to be confirmed, and says it again where the last digit does that', () => {
    const send = choice('send')
    expect(meaningOf('#', { ...quiet, entry: entry(6), confirm: send })).toEqual({ does: 'press', press: send.press })
    expect(meaningOf('#', { ...quiet, entry: entry(6) })).toEqual({ does: 'repeat' })
  })
})

describe('the names of keys', () => {
  it.each([
    ['5', '5'],
    ['*', '*'],
    ['Backspace', '*'],
    ['Enter', '#'],
    ['#', '#'],
    ['a', null],
    ['F5', null],
    ['Tab', null],
    ['٣', null],
  ])('%s is %s', (name, key) => {
    expect(keyOf(name)).toBe(key)
  })
})
