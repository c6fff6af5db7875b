import * as react from 'react'
import { act } from 'react'
import type { ReactNode } from 'react'
import type { Root } from 'react-dom/client'
import { afterEach, beforeEach, vi } from 'vitest'
import { type PageElement, PageEvent, type PageNode } from './nodes.testing.ts'
import { type Page, openPage } from './page.testing.ts'

/** Noon in Shanghai, on a Monday. */
export const noon = Date.UTC(2026, 10, 23, 4)

/**
 * A stage for one test: draw something, do what a person does, read what stands there. Time is the test's own: nothing
 * moves until `after` or one of the deeds lets it.
 */
export interface Stage {
  readonly page: Page
  readonly draw: (node: ReactNode) => Promise<void>
  /** Lets that much time pass, and everything that was waiting for it. */
  readonly after: (ms: number) => Promise<void>
  readonly press: (name: string | RegExp) => Promise<void>
  /** Twice before any answer can come: a trembling finger, or a slow phone. */
  readonly pressTwice: (name: string | RegExp) => Promise<void>
  readonly type: (label: string | RegExp, text: string) => Promise<void>
  readonly choose: (label: string | RegExp, file: File) => Promise<void>
  readonly key: (key: string, also?: Readonly<Record<string, unknown>>) => Promise<PageEvent>
  readonly submit: () => Promise<void>
  /** Does something of the test's own and lets the page answer. */
  readonly let: (deed: () => unknown) => Promise<void>
  readonly text: () => string
  readonly buttons: () => readonly string[]
  readonly links: () => readonly (readonly [string, string | null])[]
  readonly field: (label: string | RegExp) => PageElement
  readonly all: (selector: string) => readonly PageElement[]
}

const fits = (name: string | RegExp, text: string): boolean =>
  typeof name === 'string' ? name === text : name.test(text)

/** What a reader hears of it: its label, else its words; pictures say nothing. */
export function nameOf(element: PageElement): string {
  return element.getAttribute('aria-label') ?? wordsOf(element)
}

/** Every element ends a word, as it does for the eye. */
function wordsOf(node: PageNode): string {
  const raw = (at: PageNode): string => {
    if (at.nodeType === 3) return at.nodeValue ?? ''
    if ('localName' in at && at.localName === 'svg') return ''
    return ` ${at.childNodes.map(raw).join('')} `
  }
  return raw(node).replaceAll(/\s+/g, ' ').trim()
}

/** React notes a stack for every element that it makes, which here takes more time than everything else. */
function sparesStacks(): void {
  const inner = Object.entries(react).find(([name]) => name.startsWith('__CLIENT_INTERNALS'))?.[1]
  if (typeof inner === 'object' && inner !== null && 'recentlyCreatedOwnerStacks' in inner)
    Object.defineProperty(inner, 'recentlyCreatedOwnerStacks', { get: () => Infinity, set: () => {} })
}

/** For every test of a file: a page of its own, and time that stands still. */
export function useStage(): Stage {
  let page: Page
  let root: Root
  let place: PageElement
  beforeEach(async () => {
    page = openPage()
    const { createRoot } = await import('react-dom/client')
    sparesStacks()
    vi.useFakeTimers({
      now: noon,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    })
    place = page.document.body.appendChild(page.document.createElement('div'))
    root = createRoot(place as unknown as Element)
  })
  afterEach(async () => {
    await act(async () => root.unmount())
    // Words and parts that are still being fetched must not come back to a page that is gone.
    await vi.dynamicImportSettled()
    vi.useRealTimers()
    page.shut()
  })
  const after = async (ms: number): Promise<void> => {
    await act(async () => void (await vi.advanceTimersByTimeAsync(ms)))
  }
  const settle = async (): Promise<void> => {
    // Words come as files of their own: on a busy machine later than three turns.
    await act(async () => await vi.dynamicImportSettled())
    for (let turn = 0; turn < 3; turn++) await after(1)
  }
  const doing = async (deed: () => unknown): Promise<void> => {
    await act(async () => void (await deed()))
    await settle()
  }
  const one = (what: string, found: readonly PageElement[], name: string | RegExp): PageElement => {
    const [element] = found.filter((element) => fits(name, nameOf(element)))
    if (element === undefined) throw new Error(`no ${what} '${name}' on: ${wordsOf(place)}`)
    return element
  }
  const pressable = (name: string | RegExp): PageElement =>
    one('button or link', place.querySelectorAll('button, a, summary, [role="button"], label'), name)
  const field = (label: string | RegExp): PageElement => {
    const fields = place.querySelectorAll('input, textarea, select')
    const labelled = fields.find((element) => fits(label, element.getAttribute('aria-label') ?? ''))
    if (labelled) return labelled
    const words = one('field', place.querySelectorAll('label'), label)
    const id = words.getAttribute('for')
    const found = id === null ? words.querySelector('input, textarea, select') : page.document.getElementById(id)
    if (found === null) throw new Error(`the label '${label}' has no field`)
    return found
  }
  return {
    get page() {
      return page
    },
    draw: (node) => doing(() => root.render(node)),
    after,
    press: (name) => doing(() => pressOn(pressable(name))),
    pressTwice: async (name) => {
      const element = pressable(name)
      // Each press is drawn, but neither a timer nor an answer comes between them.
      for (let times = 0; times < 2; times++) act(() => pressOn(element))
      await settle()
    },
    type: (label, text) => doing(() => typeInto(field(label), text)),
    choose: (label, file) =>
      doing(() => {
        const element = field(label)
        element.files = [file]
        element.dispatchEvent(new PageEvent('change'))
      }),
    key: async (key, also = {}) => {
      const event = new PageEvent('keydown', { key, ctrlKey: false, altKey: false, metaKey: false, ...also })
      await doing(() => page.document.activeElement.dispatchEvent(event))
      return event
    },
    submit: () => doing(() => place.querySelector('form')?.dispatchEvent(new PageEvent('submit'))),
    let: doing,
    text: () => wordsOf(place),
    buttons: () => place.querySelectorAll('button').map(nameOf),
    links: () => place.querySelectorAll('a').map((link) => [nameOf(link), link.getAttribute('href')] as const),
    field,
    all: (selector) => place.querySelectorAll(selector),
  }
}

/** As a browser does: what rests does nothing, a submit button submits, a box is ticked. */
function pressOn(element: PageElement): void {
  if (element.hasAttribute('disabled')) return
  if (element.localName === 'label') {
    const inside = element.querySelector('input')
    return inside === null ? undefined : tick(inside)
  }
  element.focus()
  if (!element.dispatchEvent(new PageEvent('click', { button: 0 }))) return
  if (element.getAttribute('type') === 'submit') element.closest('form')?.dispatchEvent(new PageEvent('submit'))
}

function tick(box: PageElement): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), 'checked')?.set?.call(box, !box.checked)
  box.dispatchEvent(new PageEvent('click', { button: 0 }))
}

/** React keeps its own eye on a field's value: typing goes past it, as a browser's does. */
function typeInto(element: PageElement, text: string): void {
  element.focus()
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set?.call(element, text)
  element.dispatchEvent(new PageEvent(element.localName === 'select' ? 'change' : 'input'))
}
