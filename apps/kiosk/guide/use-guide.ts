import { useEffect, useRef } from 'react'
import type { Voice } from '../../kit/voice.ts'
import type { Words } from '../../kit/words/create-words.ts'
import type { KioskId } from '../../kit/words/kiosk/kiosk-words.ts'
import { keyOf, meaningOf } from './keys.ts'
import { readPage, type Page } from './read-page.ts'
import { echo, recite, stillThere, type Recited } from './recital.ts'
import type { Sounds, Spot } from './sounds.ts'

export interface Guided {
  readonly on: boolean
  /** A key of the keypad was pressed by somebody who may not see the screen. */
  readonly onWake: () => void
  readonly words: Words<KioskId> | undefined
  readonly voice: Voice
  readonly sounds: Sounds
  /** Earphones are in, and nobody else hears. */
  readonly isPrivate: boolean
  /** The open door to lead to. */
  readonly spot: Spot | null
}

const chirpEveryMs = 2_500

/** The kiosk without sight: each screen is spoken with its keys, and twelve keys do all that fingers do. */
export function useGuide(guided: Guided): void {
  const latest = useRef(guided)
  latest.current = guided
  const { on, words, isPrivate, spot } = guided
  useEffect(() => listenKeys(() => latest.current), [])
  useEffect(() => (on && words !== undefined ? speakChanges(() => latest.current) : undefined), [on, words, isPrivate])
  useEffect(() => {
    if (!on || spot === null) return undefined
    const chirp = (): void => latest.current.sounds.door(spot)
    chirp()
    const timer = setInterval(chirp, chirpEveryMs)
    return () => clearInterval(timer)
  }, [on, spot?.side, spot?.height])
}

const recited = ({ words, isPrivate }: Guided, isFirst: boolean): Recited | null =>
  words === undefined ? null : { words, isPrivate, isFirst }

function speak(guided: Guided, page: Page, isFirst: boolean): void {
  const how = recited(guided, isFirst)
  const [first, ...rest] = how === null ? [] : recite(page, how)
  if (first !== undefined) guided.voice.say(first, rest)
}

/** What makes it another question: titles, refusals and choices; not figures, nor the digits typed so far. */
const questionOf = (page: Page): string =>
  JSON.stringify([page.says.slice(0, 2), page.entry === null ? page.choices.map(({ name }) => name) : 'digits'])

function speakChanges(guided: () => Guided): () => void {
  let asked = ''
  let warned = false
  let isFirst = true
  const look = (): void => {
    const page = readPage(document)
    const question = questionOf(page)
    const warns = page.moreTime !== null
    const isNew = question !== asked
    const { words, voice } = guided()
    if (isNew) speak(guided(), page, isFirst)
    else if (warns && !warned && words !== undefined) voice.say(stillThere(words))
    asked = question
    warned = warns
    isFirst = false
  }
  const watch = new MutationObserver(look)
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  look()
  return () => watch.disconnect()
}

/** Before the page's own keypad hears it, while what it shows is still what was answered. */
function listenKeys(guided: () => Guided): () => void {
  const listen = (event: KeyboardEvent): void => {
    const key = keyOf(event.key)
    if (key === null || event.ctrlKey || event.altKey || event.metaKey) return
    const page = readPage(document)
    if (!guided().on) {
      if (page.entry !== null || isOnControl(event)) return
      event.preventDefault()
      guided().onWake()
      return
    }
    if (event.key === 'Enter' && isOnControl(event)) return
    take(guided(), key, event)
  }
  document.addEventListener('keydown', listen, { capture: true })
  return () => document.removeEventListener('keydown', listen, { capture: true })
}

function take(guided: Guided, key: string, event: KeyboardEvent): void {
  const page = readPage(document)
  const meaning = meaningOf(key, page)
  page.moreTime?.()
  guided.sounds.key()
  if (meaning.does === 'digit') {
    const how = recited(guided, false)
    const said = how && echo(page, meaning.digit, how)
    if (said) guided.voice.say(said)
    else guided.voice.hush()
    return
  }
  event.preventDefault()
  event.stopPropagation()
  if (meaning.does === 'press') {
    guided.voice.hush()
    meaning.press()
  } else if (meaning.does === 'repeat' || guided.words === undefined) speak(guided, page, false)
  else guided.voice.say({ text: guided.words.t('kiosk.guide.nothing'), locale: guided.words.locale })
}

/** A key on a focused button or field is that one's own. */
const isOnControl = ({ key, target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.closest('input, textarea, select') !== null || (key === 'Enter' && target.closest('button') !== null))
