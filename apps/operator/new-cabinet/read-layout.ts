import type { CabinetLayout, CompartmentPlan, FrontMm } from '@holdfast/core/cabinet/layout.ts'
import { doorsLost, isSound } from '@holdfast/core/cabinet/layout.ts'
import { parseLayout } from './parse-layout.ts'
import type { Problem } from './rules.ts'

export type ReadLayout =
  | { readonly ok: true; readonly layout: CabinetLayout }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const problemsShown = 8

/**
 * A layout file as text: JSON, wire's shape, sound as core demands, and drawable: no door outside or over another. That of
 * a cabinet which grows has every door that it had `before`.
 */
export function readLayout(text: string, before?: CabinetLayout): ReadLayout {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, problems: [{ path: '', code: 'not-json' }] }
  }
  const parsed = parseLayout(value)
  if (!parsed.ok) return { ok: false, problems: parsed.problems.slice(0, problemsShown) }
  const { layout } = parsed
  const problems = [...contradictions(layout), ...misfits(layout), ...breaks(layout, before)]
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, problemsShown) } : parsed
}

function breaks(layout: CabinetLayout, before: CabinetLayout | undefined): readonly Problem[] {
  if (before === undefined) return []
  const isNewer = layout.version > before.version
  return [
    ...(isNewer ? [] : [{ path: 'version', code: 'not-newer', value: String(before.version) } as const]),
    ...doorsLost(layout, before).map(({ label, id }): Problem => ({ path: label, code: 'door-lost', value: id })),
  ]
}

const lockOf = ({ lock }: CompartmentPlan): string => `${lock.line}/${lock.board}/${lock.channel}`

/** Says which of core's demands is not kept. */
function contradictions(layout: CabinetLayout): readonly Problem[] {
  if (isSound(layout) && layout.bodies.length > 0 && layout.compartments.length > 0) return []
  const { bodies, compartments } = layout
  const twice = (code: Problem['code'], nameOf: (plan: CompartmentPlan) => string): Problem[] =>
    compartments.flatMap((plan, i) =>
      compartments.findIndex((one) => nameOf(one) === nameOf(plan)) < i
        ? [{ path: plan.label, code, value: nameOf(plan) }]
        : [],
    )
  return [
    ...(bodies.length === 0 || compartments.length === 0 ? [{ path: '', code: 'empty' } as const] : []),
    ...twice('same-id', ({ id }) => id),
    ...twice('same-label', ({ label }) => label),
    ...twice('same-lock', lockOf),
    ...compartments.flatMap(({ label, body }) =>
      bodies[body] === undefined ? [{ path: label, code: 'no-body', value: String(body) } as const] : [],
    ),
  ]
}

function misfits({ bodies, compartments }: CabinetLayout): readonly Problem[] {
  return compartments.flatMap((plan, i): Problem[] => {
    const body = bodies[plan.body]
    if (body === undefined) return []
    const { xMm, yMm, widthMm, heightMm } = plan.front
    const outside = widthMm === 0 || heightMm === 0 || xMm + widthMm > body.widthMm || yMm + heightMm > body.heightMm
    const over = compartments.slice(0, i).find((one) => one.body === plan.body && overlap(one.front, plan.front))
    const screen = body.screen !== undefined && overlap(body.screen, plan.front)
    return [
      ...(outside ? [{ path: plan.label, code: 'outside' } as const] : []),
      ...(over ? [{ path: plan.label, code: 'over', value: over.label } as const] : []),
      ...(screen ? [{ path: plan.label, code: 'over-screen' } as const] : []),
    ]
  })
}

const overlap = (a: FrontMm, b: FrontMm): boolean =>
  a.xMm < b.xMm + b.widthMm && b.xMm < a.xMm + a.widthMm && a.yMm < b.yMm + b.heightMm && b.yMm < a.yMm + a.heightMm
