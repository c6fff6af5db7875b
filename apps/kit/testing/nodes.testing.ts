import { selects } from './selector.testing.ts'

/** What happened to an element; the fields that React and the product read. */
export class PageEvent {
  readonly type: string
  readonly bubbles: boolean
  target: PageNode | null = null
  currentTarget: PageNode | null = null
  defaultPrevented = false
  readonly timeStamp = 0
  readonly isTrusted = true
  readonly eventPhase = 2
  readonly cancelable = true
  private stopped = false
  constructor(type: string, also: Readonly<Record<string, unknown>> = {}, bubbles = true) {
    this.type = type
    this.bubbles = bubbles
    Object.assign(this, also)
  }
  preventDefault(): void {
    this.defaultPrevented = true
  }
  stopPropagation(): void {
    this.stopped = true
  }
  get isStopped(): boolean {
    return this.stopped
  }
}

type Listener = (event: PageEvent) => void
interface Heard {
  readonly type: string
  readonly listener: Listener
  readonly capture: boolean
}

const isCapture = (options: unknown): boolean =>
  options === true ||
  (typeof options === 'object' && options !== null && 'capture' in options && options.capture === true)

/** Hears events; they sink from the document to their target and rise again. */
export class PageTarget {
  private heard: Heard[] = []
  addEventListener(type: string, listener: Listener, options?: unknown): void {
    this.heard.push({ type, listener, capture: isCapture(options) })
  }
  removeEventListener(type: string, listener: Listener): void {
    this.heard = this.heard.filter((one) => one.type !== type || one.listener !== listener)
  }
  hear(event: PageEvent, capture: boolean): void {
    const wanted = this.heard.filter((one) => one.type === event.type && one.capture === capture)
    for (const { listener } of wanted) listener(event)
  }
}

/** A node of the page. */
export class PageNode extends PageTarget {
  static readonly ELEMENT_NODE = 1
  readonly nodeType: number
  readonly nodeName: string
  readonly ownerDocument: PageNode | null
  parentNode: PageElement | null = null
  childNodes: PageNode[] = []
  nodeValue: string | null = null
  constructor(nodeType: number, nodeName: string, ownerDocument: PageNode | null) {
    super()
    this.nodeType = nodeType
    this.nodeName = nodeName
    this.ownerDocument = ownerDocument
  }
  get firstChild(): PageNode | null {
    return this.childNodes[0] ?? null
  }
  get lastChild(): PageNode | null {
    return this.childNodes.at(-1) ?? null
  }
  get nextSibling(): PageNode | null {
    const beside = this.parentNode?.childNodes ?? []
    return beside[beside.indexOf(this) + 1] ?? null
  }
  get isConnected(): boolean {
    return this.ownerDocument?.contains(this) === true
  }
  get textContent(): string {
    return this.nodeValue ?? this.childNodes.map((node) => node.textContent).join('')
  }
  set textContent(text: string) {
    for (const node of this.childNodes) node.parentNode = null
    this.childNodes = []
    if (this.nodeType === 3) this.nodeValue = text
    else if (text !== '') this.appendChild(new PageNode(3, '#text', this.ownerDocument)).nodeValue = text
  }
  appendChild<T extends PageNode>(node: T): T {
    return this.insertBefore(node, null)
  }
  insertBefore<T extends PageNode>(node: T, before: PageNode | null): T {
    node.parentNode?.removeChild(node)
    const at = before === null ? this.childNodes.length : this.childNodes.indexOf(before)
    this.childNodes.splice(at, 0, node)
    node.parentNode = this as unknown as PageElement
    return node
  }
  removeChild<T extends PageNode>(node: T): T {
    this.childNodes = this.childNodes.filter((one) => one !== node)
    node.parentNode = null
    return node
  }
  contains(node: PageNode | null): boolean {
    return node !== null && pathFrom(node).includes(this)
  }
  /** Every element below, in the order of the page. */
  get below(): readonly PageElement[] {
    const found: PageElement[] = []
    const walk = (node: PageNode): void => {
      if (node instanceof PageElement) found.push(node)
      node.childNodes.forEach(walk)
    }
    this.childNodes.forEach(walk)
    return found
  }
  querySelectorAll(selector: string): readonly PageElement[] {
    const isWanted = selects(selector)
    return this.below.filter((element) => isWanted(element))
  }
  querySelector(selector: string): PageElement | null {
    return this.querySelectorAll(selector)[0] ?? null
  }
  getElementById(id: string): PageElement | null {
    return this.below.find((element) => element.getAttribute('id') === id) ?? null
  }
  dispatchEvent(event: PageEvent): boolean {
    event.target ??= this
    const path = pathFrom(this)
    for (const [nodes, capture] of [[path.toReversed(), true] as const, [path, false] as const]) {
      for (const node of nodes) {
        if (event.isStopped || (!capture && !event.bubbles && node !== this)) return !event.defaultPrevented
        event.currentTarget = node
        node.hear(event, capture)
      }
    }
    return !event.defaultPrevented
  }
}

/** From a node up to the document. */
function pathFrom(node: PageNode): readonly PageNode[] {
  const path: PageNode[] = []
  for (let at: PageNode | null = node; at !== null; at = at.parentNode) path.push(at)
  return path
}

const dataName = (name: string): string => `data-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** An element with what forms, sheets and drawings ask of it. */
export class PageElement extends PageNode {
  readonly namespaceURI: string
  readonly localName: string
  readonly style: Record<string, unknown> = { setProperty: () => undefined, removeProperty: () => undefined }
  readonly dataset: Record<string, string>
  files: readonly File[] | null = null
  selectionStart = 0
  selectionEnd = 0
  private readonly attributes = new Map<string, string>()
  private typed: string | undefined
  private isChecked: boolean | undefined
  constructor(name: string, namespaceURI: string, ownerDocument: PageNode | null) {
    super(1, namespaceURI.endsWith('xhtml') ? name.toUpperCase() : name, ownerDocument)
    this.namespaceURI = namespaceURI
    this.localName = name
    this.dataset = new Proxy(
      {},
      {
        get: (_, key) => this.getAttribute(dataName(String(key))) ?? undefined,
        set: (_, key, value) => (this.setAttribute(dataName(String(key)), String(value)), true),
      },
    )
  }
  get tagName(): string {
    return this.nodeName
  }
  get isContentEditable(): boolean {
    return false
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null
  }
  hasAttribute(name: string): boolean {
    return this.attributes.has(name)
  }
  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value))
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name)
  }
  getAttributeNames(): readonly string[] {
    return [...this.attributes.keys()]
  }
  get type(): string {
    return this.getAttribute('type') ?? ''
  }
  set type(kind: string) {
    this.setAttribute('type', kind)
  }
  get name(): string {
    return this.getAttribute('name') ?? ''
  }
  set name(called: string) {
    this.setAttribute('name', called)
  }
  matches(selector: string): boolean {
    return selects(selector)(this)
  }
  closest(selector: string): PageElement | null {
    const isWanted = selects(selector)
    return pathFrom(this).find((node): node is PageElement => node instanceof PageElement && isWanted(node)) ?? null
  }
  get value(): string {
    if (this.localName !== 'select') return this.typed ?? this.getAttribute('value') ?? ''
    return (this.options.find(({ selected }) => selected) ?? this.options[0])?.value ?? ''
  }
  set value(text: string) {
    if (this.localName === 'select') for (const option of this.options) option.selected = option.value === text
    else this.typed = String(text)
  }
  get defaultValue(): string {
    return this.getAttribute('value') ?? ''
  }
  set defaultValue(text: string) {
    this.setAttribute('value', text)
  }
  get checked(): boolean {
    return this.isChecked ?? this.hasAttribute('checked')
  }
  set checked(on: boolean) {
    this.isChecked = on
  }
  defaultChecked = false
  selected = false
  defaultSelected = false
  get options(): readonly PageElement[] {
    return this.querySelectorAll('option')
  }
  get open(): boolean {
    return this.hasAttribute('open')
  }
  showModal(): void {
    this.setAttribute('open', '')
  }
  close(): void {
    this.removeAttribute('open')
  }
  focus(): void {
    Object.assign(this.ownerDocument ?? {}, { activeElement: this })
  }
  blur(): void {
    const page = this.ownerDocument
    Object.assign(page ?? {}, { activeElement: page?.querySelector('body') })
  }
  play(): Promise<void> {
    return Promise.resolve()
  }
  getBoundingClientRect(): { left: number; top: number; right: number; bottom: number } {
    return { left: 0, top: 0, right: 0, bottom: 0 }
  }
}
