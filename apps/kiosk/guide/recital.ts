import type { Line } from '../../kit/voice.ts'
import type { KioskId } from '../../kit/words/kiosk/kiosk-words.ts'
import type { Words } from '../../kit/words/create-words.ts'
import { helpKey, louderKey, numbered } from './keys.ts'
import { spelled, type Page } from './read-page.ts'

export interface Recited {
  readonly words: Words<KioskId>
  /** Only into earphones are digits said; aloud each sounds the same tone. */
  readonly isPrivate: boolean
  /** Somebody new is here: how the keys work is told once. */
  readonly isFirst: boolean
}

/** Everything a person needs who sees nothing: what is asked, then which key does what. */
export function recite(page: Page, { words, isPrivate, isFirst }: Recited): readonly Line[] {
  const { t, locale } = words
  const line = (text: string): Line => ({ text, locale })
  const isEntry = page.entry !== null
  // Who types hears the question and the keys; other ways, such as the phone's, come after.
  const first = isEntry ? page.says.slice(0, 2) : page.says
  return [
    ...(isFirst ? [line(t('kiosk.guide.hello'))] : []),
    ...first.map(line),
    ...(page.digits === null ? [] : [line(isPrivate ? spelled(page.digits) : t('kiosk.guide.plugIn'))]),
    ...(isEntry ? entry(page, words, isPrivate) : menu(page, words)),
    ...page.says.slice(first.length).map(line),
    ...(page.back === null ? [] : [line(t('kiosk.guide.back'))]),
    ...(page.moreTime === null ? [] : [stillThere(words)]),
  ]
}

export const stillThere = ({ t, locale }: Words<KioskId>): Line => ({ text: t('kiosk.guide.stillThere'), locale })

function menu(page: Page, { t, locale }: Words<KioskId>): readonly Line[] {
  const choices = numbered(page).map((choice) => ({
    text: t('kiosk.guide.choice', { key: choice.key, name: choice.name }),
    locale: choice.locale ?? locale,
  }))
  const line = (text: string): Line => ({ text, locale })
  return [
    ...choices,
    ...(page.confirm === null || page.choices.length === 1
      ? []
      : [line(t('kiosk.guide.confirm', { name: page.confirm.name }))]),
    ...(page.help === null ? [] : [line(t('kiosk.guide.help', { key: helpKey, louder: louderKey }))]),
  ]
}

function entry(page: Page, { t, locale }: Words<KioskId>, isPrivate: boolean): readonly Line[] {
  const line = (text: string): Line => ({ text, locale })
  const { entry: asked } = page
  if (asked === null) return []
  return [
    line(t(isPrivate ? 'kiosk.guide.digits.heard' : 'kiosk.guide.digits.tones')),
    ...(asked.typed === 0 ? [] : [line(counted(asked.typed, asked.wanted, t))]),
    line(t(page.confirm === null ? 'kiosk.guide.entry.again' : 'kiosk.guide.entry.confirm')),
  ]
}

/** How far one has come: not private, so it is said aloud as well. */
const counted = (typed: number, wanted: number | null, t: Words<KioskId>['t']): string =>
  wanted === null ? t('kiosk.guide.typed', { count: typed }) : t('kiosk.guide.typedOf', { count: typed, total: wanted })

/** After a digit: itself into earphones; aloud only how many there are, after each third, and never which. */
export function echo(page: Page, digit: string, { words, isPrivate }: Recited): Line | null {
  const { t, locale } = words
  if (isPrivate) return { text: spelled(digit), locale }
  const typed = (page.entry?.typed ?? 0) + 1
  const wanted = page.entry?.wanted ?? null
  return typed % 3 === 0 && typed !== wanted ? { text: counted(typed, wanted, t), locale } : null
}
