/** What a selector is asked of. */
export interface Selectable {
  readonly localName: string
  readonly parentNode: Selectable | null
  readonly getAttribute: (name: string) => string | null
}

type Claim = (element: Selectable) => boolean

const part = /^(?:([a-z][\w-]*|\*)|\.([\w-]+)|#([\w-]+)|\[([\w-]+)(?:="?([^"\]]*)"?)?\]|:not\(([^)]*)\))/i

/** As much of CSS as the product asks: lists, descendants, tags, classes, ids, attributes and `:not`. */
export const selects = (selector: string): Claim => {
  const ways = splitList(selector).map((way) =>
    way
      .trim()
      .split(/\s+(?![^(]*\))/)
      .map(compound),
  )
  return (element) => ways.some((claims) => fits(claims, element))
}

function fits(claims: readonly Claim[], element: Selectable): boolean {
  const last = claims.at(-1)
  if (last === undefined || !last(element)) return false
  if (claims.length === 1) return true
  for (let above = element.parentNode; above !== null; above = above.parentNode)
    if (fits(claims.slice(0, -1), above)) return true
  return false
}

function compound(text: string): Claim {
  const claims: Claim[] = []
  let rest = text
  while (rest !== '') {
    const found = part.exec(rest)
    if (found === null) throw new Error(`a selector that this page does not know: ${text}`)
    claims.push(claimOf(found))
    rest = rest.slice(found[0].length)
  }
  return (element) => claims.every((claim) => claim(element))
}

function claimOf([, tag, className, id, attribute, value, not]: RegExpExecArray): Claim {
  if (tag !== undefined) return ({ localName }) => tag === '*' || localName === tag
  if (className !== undefined) return (element) => classesOf(element).includes(className)
  if (id !== undefined) return (element) => element.getAttribute('id') === id
  if (not !== undefined) {
    const inner = selects(not)
    return (element) => !inner(element)
  }
  return (element) => {
    const has = element.getAttribute(attribute ?? '')
    return value === undefined ? has !== null : has === value
  }
}

const classesOf = (element: Selectable): readonly string[] => (element.getAttribute('class') ?? '').split(/\s+/)

/** Commas inside `:not(…)` divide nothing. */
const splitList = (selector: string): readonly string[] => selector.split(/,(?![^(]*\))/)
