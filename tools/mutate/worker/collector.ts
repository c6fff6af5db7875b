export type Told = () => unknown
type Hook = 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach'

interface Claim {
  /** The suites around it, its own words and its place among its namesakes. */
  readonly name: string
  readonly tells: Told
}

interface Suite {
  readonly hooks: Record<Hook, Told[]>
  readonly parts: (Claim | Suite)[]
}

/** What one test file says, read without running any of it. */
export interface Collector {
  suite(name: string, says: () => void): void
  claim(name: string, tells: Told): void
  hook(when: Hook, tells: Told): void
  names(): readonly string[]
  /** Runs what is chosen, with the hooks around it, each claim by `each`. */
  run(chosen: (name: string) => boolean, each: (name: string, tells: Told) => Promise<void>): Promise<void>
}

const newSuite = (): Suite => ({ hooks: { beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] }, parts: [] })

export function createCollector(): Collector {
  const whole = newSuite()
  const seen = new Map<string, number>()
  let current = whole
  let path: readonly string[] = []
  return {
    suite(name, says) {
      const around = current
      const before = path
      current = newSuite()
      path = [...path, name]
      around.parts.push(current)
      says()
      current = around
      path = before
    },
    claim(name, tells) {
      const said = [...path, name].join(' > ')
      const nth = (seen.get(said) ?? 0) + 1
      seen.set(said, nth)
      current.parts.push({ name: nth === 1 ? said : `${said} (${nth})`, tells })
    },
    hook: (when, tells) => void current.hooks[when].push(tells),
    names: () => namesIn(whole),
    run: (chosen, each) => runSuite(whole, [], { chosen, each }),
  }
}

const namesIn = ({ parts }: Suite): readonly string[] =>
  parts.flatMap((part) => ('name' in part ? [part.name] : namesIn(part)))

interface Run {
  readonly chosen: (name: string) => boolean
  readonly each: (name: string, tells: Told) => Promise<void>
}

async function runSuite(suite: Suite, around: readonly Suite[], run: Run): Promise<void> {
  if (!namesIn(suite).some(run.chosen)) return
  const path = [...around, suite]
  const ends: Told[] = [...suite.hooks.afterAll]
  try {
    for (const begin of suite.hooks.beforeAll) keepEnd(ends, await begin())
    for (const part of suite.parts) {
      if ('parts' in part) await runSuite(part, path, run)
      else if (run.chosen(part.name)) await run.each(part.name, () => runClaim(part, path))
    }
  } finally {
    for (const end of ends) await end()
  }
}

async function runClaim({ tells }: Claim, path: readonly Suite[]): Promise<void> {
  const ends: Told[] = path.toReversed().flatMap(({ hooks }) => hooks.afterEach)
  try {
    for (const { hooks } of path) for (const begin of hooks.beforeEach) keepEnd(ends, await begin())
    await tells()
  } finally {
    for (const end of ends) await end()
  }
}

const isTold = (value: unknown): value is Told => typeof value === 'function'
const keepEnd = (ends: Told[], end: unknown): void => {
  if (isTold(end)) ends.push(end)
}
