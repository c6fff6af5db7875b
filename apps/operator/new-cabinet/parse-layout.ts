import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { readId } from '@holdfast/core/values/ids.ts'
import { fields, list, oneOf, whole, words } from './rules.ts'
import type { Problem, Rule } from './rules.ts'

// The limits of wire's `layoutSchema`, said again because browsers carry no schema library; a test holds them equal.
const mm = whole(0, 100_000)
const front = fields({ xMm: mm, yMm: mm, widthMm: mm, heightMm: mm })
const compartmentId: Rule = (value, path, problems) => {
  if (typeof value !== 'string' || readId('compartment', value) !== value) problems.push({ path, code: 'not-id' })
}
const body = fields({ kind: oneOf('mainCabinet', 'extensionCabinet'), widthMm: mm, heightMm: mm }, { screen: front })
const compartment = fields({
  id: compartmentId,
  label: words(12),
  body: whole(0, Number.MAX_SAFE_INTEGER),
  size: oneOf('S', 'M', 'L', 'XL'),
  inside: fields({ widthMm: mm, heightMm: mm, depthMm: mm }),
  front,
  lock: fields({ line: words(32), board: whole(0, 255), channel: whole(0, 255) }),
  witness: oneOf('latch', 'leaf'),
})
const layoutRule = fields({
  version: whole(0, Number.MAX_SAFE_INTEGER),
  bodies: list(body, 32),
  compartments: list(compartment, 500),
})

export function parseLayout(
  value: unknown,
):
  | { readonly ok: true; readonly layout: CabinetLayout }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  layoutRule(value, '', problems)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, layout: value as CabinetLayout }
}
