/** What the screen of now says and offers, read from the page itself: a screen that is new is spoken without being told to. */
export interface Page {
  /** Title first, then what happened and what to do. */
  readonly says: readonly string[]
  /** Everything that can be chosen, in reading order. */
  readonly choices: readonly Choice[]
  /** Where digits go, while some are asked for. */
  readonly entry: Entry | null
  readonly back: Press | null
  readonly confirm: Choice | null
  readonly help: Press | null
  readonly moreTime: Press | null
  readonly louder: Press | null
  /** Digits to be compared, such as a phone number: for earphones only. */
  readonly digits: string | null
}

type Press = () => void

export interface Choice {
  readonly name: string
  /** The name's own language, where it is not the page's. */
  readonly locale: string | null
  readonly press: Press
}

export interface Entry {
  readonly typed: number
  /** How many are wanted; they are taken by themselves. Null: as many as there are, until they are confirmed. */
  readonly wanted: number | null
  readonly erase: Press
}

const told =
  'h1, .page-head p, .hf-sheet-page h2, .hf-sheet-body p, .hf-banner-words strong, .hf-empty > strong, ' +
  '.hf-empty-words, .keypad-off, .scan-panel-words > *, .scan-count, .hf-progress > span, [data-say]'
const inSheet = 'dialog[open]'
const screenOf = '.kiosk-screen, .kiosk-link'

export function readPage(root: ParentNode): Page {
  const sheet = root.querySelector(inSheet)
  const scope = sheet ?? root.querySelector(screenOf)
  const entry = scope && entryOf(scope)
  const live = (selector: string): Press | null => pressOf(root.querySelector(selector))
  const choices = scope === null ? [] : choicesOf(scope)
  const around = sheet === null ? [...languages(root), ...stops(root)] : []
  return {
    says: scope === null ? [] : sayings(scope),
    choices: [...choices, ...around],
    entry,
    back: sheet === null ? live('[data-guide="back"]') : live('dialog[open] [data-guide="close"]'),
    confirm: confirmOf(scope, choices),
    help: sheet === null ? live('[data-guide="help"]') : null,
    moreTime: live('.hf-ring-warns .hf-button'),
    louder: live('[data-guide="volume"]'),
    digits: scope?.querySelector('.phone-check')?.textContent?.replace(/\D/g, '') ?? null,
  }
}

function sayings(scope: Element): readonly string[] {
  const parts = [...scope.querySelectorAll(told)]
    .filter((part) => part.closest('[aria-hidden="true"]') === null)
    .map((part) => (part.classList.contains('scan-panel-number') ? spelled(wordsOf(part)) : wordsOf(part)))
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** '42' is said 'four two', as it is typed. */
export const spelled = (digits: string): string => digits.split('').join(' ')

function choicesOf(scope: Element): readonly Choice[] {
  return [...scope.querySelectorAll('button')]
    .filter((button) => button.closest('.hf-keypad, .letters, [data-guide="close"]') === null && isLive(button))
    .map(choiceOf)
}

const choiceOf = (button: HTMLButtonElement): Choice => ({
  name: button.getAttribute('aria-label') ?? wordsOf(button),
  locale: button.lang === '' ? null : button.lang,
  press: () => button.click(),
})

/** Other languages are offered where one arrives; each is said in itself. */
function languages(root: ParentNode): readonly Choice[] {
  if (root.querySelector('[data-screen="idle"]') === null) return []
  return [...root.querySelectorAll<HTMLButtonElement>('.hf-languages button[aria-pressed="false"]')].map(choiceOf)
}

const stops = (root: ParentNode): readonly Choice[] =>
  [...root.querySelectorAll<HTMLButtonElement>('[data-guide="stop"]')].map(choiceOf)

function confirmOf(scope: Element | null, choices: readonly Choice[]): Choice | null {
  const main = [...(scope?.querySelectorAll<HTMLButtonElement>('.hf-button-main') ?? [])].find(isLive)
  if (main !== undefined) return choiceOf(main)
  const [only] = choices
  return choices.length === 1 && only !== undefined ? only : null
}

function entryOf(scope: Element): Entry | null {
  const keypad = scope.querySelector<HTMLElement>('.hf-keypad')
  const erase = scope.querySelector<HTMLButtonElement>('.letters-erase')
  if (erase !== null) {
    const typed = scope.querySelector<HTMLInputElement>('input')?.value.length ?? 0
    return { typed, wanted: null, erase: () => erase.click() }
  }
  if (keypad === null || keypad.dataset['disabled'] === 'true') return null
  const wanted = scope.querySelector('.hf-code') === null ? null : Number(keypad.dataset['length'])
  const backspace = keypad.querySelector<HTMLButtonElement>('[data-key="erase"]')
  return { typed: Number(keypad.dataset['typed']), wanted, erase: () => backspace?.click() }
}

const isLive = (button: HTMLButtonElement): boolean =>
  !button.disabled && button.getAttribute('aria-disabled') !== 'true'

const pressOf = (element: Element | null): Press | null =>
  element instanceof HTMLButtonElement && isLive(element) ? () => element.click() : null

/** What a reader would hear: hidden decoration left out, pieces set apart. */
function wordsOf(element: Element): string {
  const pieces: string[] = []
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && (node.getAttribute('aria-hidden') === 'true' || node.classList.contains('hf-hidden'))
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  )
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const text = node instanceof Text ? node.data.trim() : ''
    if (text !== '') pieces.push(text)
  }
  return pieces.join(', ')
}
