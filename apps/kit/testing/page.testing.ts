import { vi } from 'vitest'
import { PageElement, PageEvent, PageNode, PageTarget } from './nodes.testing.ts'

const html = 'http://www.w3.org/1999/xhtml'

/** The document: one body, one root, and whatever has the focus. */
class PageDocument extends PageNode {
  readonly documentElement: PageElement
  readonly body: PageElement
  private focused: PageElement
  title = ''
  /** React looks for it, and goes another way where a browser does not tell of input. */
  readonly oninput = null
  readonly localName = '#document'
  visibilityState: 'visible' | 'hidden' = 'visible'
  defaultView: unknown = null
  constructor() {
    super(9, '#document', null)
    this.documentElement = this.appendChild(this.createElement('html'))
    this.body = this.documentElement.appendChild(this.createElement('body'))
    this.focused = this.body
  }
  /** What is no longer on the page has no focus. */
  get activeElement(): PageElement {
    return this.contains(this.focused) ? this.focused : this.body
  }
  set activeElement(element: PageElement) {
    this.focused = element
  }
  getAttribute(): null {
    return null
  }
  createElement(name: string): PageElement {
    return new PageElement(name, html, this)
  }
  createElementNS(namespace: string, name: string): PageElement {
    return new PageElement(name, namespace, this)
  }
  createTextNode(text: string): PageNode {
    const node = new PageNode(3, '#text', this)
    node.nodeValue = text
    return node
  }
}

/** The address: what stands after `#` is a screen, and whoever follows it is told. */
function addressOf(window: PageTarget) {
  let hash = ''
  const become = (next: string): void => {
    const bare = next.replace(/^[^#]*#?/, '')
    if (`#${bare}` === hash) return
    hash = bare === '' ? '' : `#${bare}`
    window.hear(new PageEvent('hashchange'), false)
  }
  return {
    origin: 'https://holdfast.example',
    pathname: '/app/',
    protocol: 'https:',
    get hash() {
      return hash
    },
    get href() {
      return `https://holdfast.example/app/${hash}`
    },
    set hash(next: string) {
      become(next)
    },
    replace: become,
  }
}

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

/** A page that nobody sees: enough of a browser to draw an app, to press and to type, without one. */
export function openPage() {
  const window = new PageTarget()
  const document = new PageDocument()
  const location = addressOf(window)
  const copied: string[] = []
  const dark = Object.assign(new PageTarget(), { matches: false })
  Object.assign(window, { document, location, top: window, self: window, HTMLIFrameElement: class {} })
  document.defaultView = window
  const globals: Readonly<Record<string, unknown>> = {
    window,
    document,
    location,
    localStorage: storage(),
    navigator: {
      userAgent: 'a page that nobody sees',
      languages: ['en'],
      onLine: true,
      clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) },
    },
    Node: PageNode,
    Element: PageElement,
    HTMLElement: PageElement,
    SVGElement: PageElement,
    HTMLIFrameElement: class {},
    IS_REACT_ACT_ENVIRONMENT: true,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    matchMedia: () => dark,
    requestAnimationFrame: (act: () => void) => setTimeout(act, 0),
    cancelAnimationFrame: (id: ReturnType<typeof setTimeout>) => clearTimeout(id),
  }
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  return { window, document, location, copied, dark, shut: () => vi.unstubAllGlobals() }
}

export type Page = ReturnType<typeof openPage>
