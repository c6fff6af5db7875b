import type { Page } from './read-page.ts'

/** What a key of the keypad does on this screen. Ten digits, star and hash are all there is. */
export type Meaning =
  | { readonly does: 'press'; readonly press: () => void }
  /** The page's own keypad takes it. */
  | { readonly does: 'digit'; readonly digit: string }
  | { readonly does: 'repeat' }
  /** A key that does nothing here: said, so that nobody waits. */
  | { readonly does: 'nothing' }

export const helpKey = '9'
export const louderKey = '8'
const choiceKeys = '1234567'

/** Star goes back or erases, hash goes on, zero says it again, nine is help on every screen without digits. */
export function meaningOf(key: string, page: Page): Meaning {
  if (page.entry !== null) return entryMeaning(key, page, page.entry)
  const press = (to: (() => void) | null | undefined): Meaning =>
    to === null || to === undefined ? { does: 'nothing' } : { does: 'press', press: to }
  switch (key) {
    case '0':
      return { does: 'repeat' }
    case '*':
      return press(page.back)
    case '#':
      return press(page.confirm?.press)
    case helpKey:
      return press(page.help)
    case louderKey:
      return press(page.louder)
    default:
      return press(page.choices[choiceKeys.indexOf(key)]?.press)
  }
}

function entryMeaning(key: string, page: Page, entry: NonNullable<Page['entry']>): Meaning {
  if (/^\d$/.test(key)) return { does: 'digit', digit: key }
  if (key === '*') {
    const press = entry.typed > 0 ? entry.erase : page.back
    return press === null ? { does: 'nothing' } : { does: 'press', press }
  }
  return page.confirm === null ? { does: 'repeat' } : { does: 'press', press: page.confirm.press }
}

/** Choices with the key that each has; more than seven do not fit on the keys and stay on the screen. */
export const numbered = (
  page: Page,
): readonly { readonly key: string; readonly name: string; readonly locale: string | null }[] =>
  page.entry === null
    ? page.choices
        .slice(0, choiceKeys.length)
        .map(({ name, locale }, i) => ({ key: choiceKeys[i] ?? '', name, locale }))
    : []

/** The keys of a keypad by what a keyboard calls them. */
export function keyOf(name: string): string | null {
  if (/^[0-9*#]$/.test(name)) return name
  if (name === 'Enter') return '#'
  return name === 'Backspace' ? '*' : null
}
