export interface Problem {
  /** Where: `compartments[3].size`, or a door's label. */
  readonly path: string
  readonly code:
    | 'not-json'
    | 'missing'
    | 'unknown'
    | 'not-object'
    | 'not-list'
    | 'too-many'
    | 'not-number'
    | 'not-text'
    | 'not-one-of'
    | 'not-id'
    | 'empty'
    | 'same-id'
    | 'same-label'
    | 'same-lock'
    | 'no-body'
    | 'outside'
    | 'over'
    | 'over-screen'
    | 'door-lost'
    | 'not-newer'
  readonly value?: string
}

/** Judges one value; adds what is wrong. */
export type Rule = (value: unknown, path: string, problems: Problem[]) => void

export const whole =
  (least: number, most: number): Rule =>
  (value, path, problems) => {
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    if (!fits) problems.push({ path, code: 'not-number', value: `${least}–${most}` })
  }

export const words =
  (most: number): Rule =>
  (value, path, problems) => {
    const fits = typeof value === 'string' && value !== '' && [...value].length <= most
    if (!fits) problems.push({ path, code: 'not-text', value: String(most) })
  }

export const oneOf =
  (...choices: readonly string[]): Rule =>
  (value, path, problems) => {
    if (typeof value !== 'string' || !choices.includes(value))
      problems.push({ path, code: 'not-one-of', value: choices.join(', ') })
  }

export const list =
  (item: Rule, most: number): Rule =>
  (value, path, problems) => {
    if (!Array.isArray(value)) return void problems.push({ path, code: 'not-list' })
    if (value.length > most) problems.push({ path, code: 'too-many', value: String(most) })
    for (const [i, one] of value.entries()) item(one, `${path}[${i}]`, problems)
    return undefined
  }

/** Closed: a field that nobody named is a mistake. */
export const fields =
  (needed: Readonly<Record<string, Rule>>, optional: Readonly<Record<string, Rule>> = {}): Rule =>
  (value, path, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return void problems.push({ path, code: 'not-object' })
    const given = new Map<string, unknown>(Object.entries(value))
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
    for (const name of Object.keys(needed)) if (!given.has(name)) problems.push({ path: at(name), code: 'missing' })
    for (const [name, inner] of given) {
      const rule = Object.hasOwn(needed, name)
        ? needed[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : undefined
      if (rule === undefined) problems.push({ path: at(name), code: 'unknown' })
      else rule(inner, at(name), problems)
    }
    return undefined
  }
