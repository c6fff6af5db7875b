import { appendFileSync } from 'node:fs'
import { expect, inject, it, vi } from 'vitest'
import { type Collector, createCollector, type Told } from './collector.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly mutants: {
      readonly asked: readonly number[]
      readonly tests: readonly string[]
      /** Where each answer goes, as a line of JSON. */
      readonly report: string
    }
  }
}

declare global {
  var __mutant: (id: number) => boolean
  var __turn: () => void
}

/** What a run of the worker says, line by line. */
export type Answer =
  | { readonly type: 'read'; readonly claims: number; readonly leftOut: readonly string[] }
  | { readonly type: 'judged'; readonly id: number; readonly killedBy: string | null; readonly reached: number }

/** One claim of one file that meets a mutant, and what asking it costs. */
interface Reach {
  readonly file: string
  readonly name: string
  readonly tookMs: number
  /** Met while the file is read: only a file that is read anew can tell. */
  readonly isAround: boolean
  /** What it costs to read it anew. */
  readonly readMs: number
}

/** A claim that takes longer is asked about no mutant. */
const claimMostMs = 2_000
const claimLateMs = 30_000

/** Of this process alone: on a busy machine others take their turns meanwhile. */
const cpuMs = (): number => process.cpuUsage().user / 1_000

const { asked, tests, report } = inject('mutants')
const say = (answer: Answer): void => appendFileSync(report, `${JSON.stringify(answer)}\n`)

let met = new Set<number>()
let turns = 0
let turnsMost = Number.POSITIVE_INFINITY
globalThis.__turn = () => {
  turns += 1
  if (turns > turnsMost) throw new Error('goes round and round')
}

/** What claims show of themselves where no mutant is true: their snapshots, by claim and place in it. */
const shown = new Map<string, string>()
let showing = { claim: '', nth: 0 }
expect.extend({
  toMatchSnapshot(received: unknown) {
    const place = `${showing.claim} ${showing.nth}`
    showing.nth += 1
    const now = this.utils.stringify(received, 20)
    const kept = shown.get(place) ?? now
    shown.set(place, kept)
    return { pass: kept === now, message: () => 'shows something else' }
  },
})

/** The file as it is now, with every module of ours made anew. */
async function read(file: string): Promise<Collector> {
  const collector = createCollector()
  globalThis.__collector = collector
  await import(/* @vite-ignore */ file)
  return collector
}

async function inTime(tells: Told): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error('never ends')), claimLateMs)
  })
  await Promise.race([Promise.resolve().then(tells), over]).finally(() => clearTimeout(late))
}

/** Every claim once, with no mutant: which of them it meets, how long it takes, and whether it can be asked at all. */
async function readAll() {
  const reaches = new Map<number, Reach[]>()
  const turnsOf = new Map<string, number>()
  const collectors = new Map<string, Collector>()
  const leftOut: string[] = []
  let claims = 0
  globalThis.__mutant = (id) => {
    met.add(id)
    return false
  }
  for (const file of tests) {
    vi.resetModules()
    met = new Set()
    turns = 0
    const asking = async (): Promise<void> => {
      const opened = cpuMs()
      const collector = await read(file)
      const readMs = cpuMs() - opened
      collectors.set(file, collector)
      // What is met while a file is read, and by what stands around its claims, is met by each of them.
      const around = met
      const keep = (name: string, tookMs: number, ids: Iterable<number>): void => {
        for (const id of ids)
          reaches.set(id, [...(reaches.get(id) ?? []), { file, name, tookMs, isAround: around.has(id), readMs }])
      }
      await collector.run(
        () => true,
        async (name, tells) => {
          met = new Set()
          turns = 0
          showing = { claim: `${file} > ${name}`, nth: 0 }
          const began = cpuMs()
          const failed = await inTime(tells).then(
            () => undefined,
            (error: unknown) => String(error),
          )
          const tookMs = cpuMs() - began
          turnsOf.set(`${file} > ${name}`, turns)
          const isSlow = tookMs > claimMostMs
          if (failed !== undefined || isSlow) leftOut.push(`${file} > ${name}: ${failed ?? `${Math.round(tookMs)} ms`}`)
          else {
            claims += 1
            keep(name, tookMs, new Set([...around, ...met]))
          }
          met = around
        },
      )
    }
    await asking().catch((error: unknown) => leftOut.push(`${file}: ${String(error)}`))
  }
  say({ type: 'read', claims, leftOut })
  return { reaches, collectors, turnsOf }
}

interface Trial {
  readonly file: string
  readonly collected: () => Promise<Collector>
  readonly names: ReadonlySet<string>
  /** How often loops go round in a claim where no mutant is true. */
  readonly turnsIn: (name: string) => number
}

/** So many times its turns without a mutant, and some: a loop that goes on longer never ends. */
const turnsTimes = 20
const turnsFree = 100_000

/** The claim that finds it, or nothing. */
async function killedBy({ file, collected, names, turnsIn }: Trial): Promise<string | undefined> {
  let found: string | undefined
  const asking = async (): Promise<void> => {
    const collector = await collected()
    await collector.run(
      (name) => names.has(name),
      async (name, tells) => {
        if (found !== undefined) return
        turns = 0
        turnsMost = turnsTimes * turnsIn(name) + turnsFree
        showing = { claim: `${file} > ${name}`, nth: 0 }
        await inTime(tells).catch(() => (found = name))
      },
    )
  }
  await asking().catch((error: unknown) => (found ??= `around: ${String(error)}`))
  return found
}

it('is asked about each mutant', async () => {
  const { reaches, collectors, turnsOf } = await readAll()
  let before = ''
  for (const id of asked) {
    const all = reaches.get(id) ?? []
    globalThis.__mutant = (other) => other === id
    let killer: string | undefined
    for (const { file, names, isAround } of inOrder(all, before)) {
      turns = 0
      turnsMost = turnsTimes * turnsFree
      const kept = collectors.get(file)
      if (isAround) vi.resetModules()
      const collected = async (): Promise<Collector> => (isAround || kept === undefined ? await read(file) : kept)
      const turnsIn = (name: string): number => turnsOf.get(`${file} > ${name}`) ?? 0
      const claim = await killedBy({ file, collected, names, turnsIn })
      if (claim === undefined) continue
      killer = `${file} > ${claim}`
      before = file
      break
    }
    turnsMost = Number.POSITIVE_INFINITY
    say({ type: 'judged', id, killedBy: killer ?? null, reached: all.length })
  }
})

interface Asking {
  readonly file: string
  readonly names: Set<string>
  tookMs: number
  isAround: boolean
}

/** The file that knew the last one goes before its equals, cheap ones go before dear ones. */
function inOrder(reaches: readonly Reach[], before: string): readonly Asking[] {
  const files = new Map<string, Asking>()
  for (const { file, name, tookMs, isAround, readMs } of reaches) {
    const of = files.get(file) ?? { file, names: new Set(), tookMs: isAround ? readMs : 0, isAround }
    of.names.add(name)
    of.tookMs += tookMs
    of.isAround ||= isAround
    files.set(file, of)
  }
  const cost = ({ file, tookMs }: Asking): number => (file === before ? tookMs / 10 : tookMs)
  return [...files.values()].sort((one, other) => cost(one) - cost(other))
}
