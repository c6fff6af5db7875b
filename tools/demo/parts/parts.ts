import { join } from 'node:path'
import type { TownState } from '@holdfast/wire/town/town.ts'
import { Value } from 'typebox/value'
import Type from 'typebox'
import { receivedSchema, type Received } from '../receivers/inbox.ts'
import { type CabinetKey, cabinetKeys, cabinets } from '../plan/people.ts'
import type { ConfigFiles } from '../plan/configs.ts'
import { type Part, startPart } from './part.ts'

/** The programs of the town: a cloud, two terminals, a carrier's inbox. */
export interface Parts {
  view(): TownState['parts']
  pids(): readonly number[]
  kiosks(): Readonly<Record<CabinetKey, string | null>>
  received(): readonly Received[]
  stop(): Promise<void>
  kill(): void
}

export interface PartsOptions {
  readonly folder: string
  readonly configs: ConfigFiles
  readonly env: Readonly<Record<string, string | undefined>>
  readonly say: (line: string) => void
  readonly changed: () => void
  /** What each is doing, before it is ready. */
  readonly starting: (names: readonly string[]) => void
  /** Handed over before anything can fail. */
  readonly begun: (parts: Parts) => void
  /** In words: which engines. */
  readonly engines: string
}

const cloudProgram = new URL('../../../cloud/main.ts', import.meta.url)
const terminalProgram = new URL('../../../terminal/main.ts', import.meta.url)
const inboxProgram = new URL('../receivers/main.ts', import.meta.url)
const told = Type.Object({ received: Type.Array(receivedSchema) })

interface Known {
  readonly running: Part[]
  readonly kiosks: Record<CabinetKey, string | null>
  received: readonly Received[]
}

/** The cloud first: cabinets enrol at it. Throws `part-failed` with the last words of the one that would not start. */
export async function startParts(options: PartsOptions): Promise<void> {
  const { configs, starting, changed } = options
  const known: Known = { running: [], kiosks: { north: null, library: null }, received: [] }
  options.begun(faceOf(known, options))
  const common = { env: options.env, say: options.say, changed }
  const logOf = (name: string): string => join(options.folder, 'logs', `${name}.log`)
  const start = (
    given: Pick<Parameters<typeof startPart>[0], 'name' | 'program' | 'args' | 'onReady' | 'onMessage'>,
  ) => {
    const part = startPart({ ...common, ...given, logFile: logOf(given.name.toLowerCase().replaceAll(/\W+/g, '-')) })
    known.running.push(part)
    return part.ready
  }
  starting(['cloud'])
  await start({ name: 'Cloud', program: cloudProgram, args: [configs.cloud] })
  const inbox = start({
    name: "Carrier's inbox",
    program: inboxProgram,
    args: [configs.inbox],
    onMessage: (message) => {
      if (!Value.Check(told, message)) return
      known.received = message.received
      changed()
    },
  })
  const terminals = cabinetKeys.map((key) =>
    start({
      name: `Terminal ${cabinets[key].name}`,
      program: terminalProgram,
      args: [configs.terminals[key]],
      onReady: ({ kiosk }) => {
        known.kiosks[key] = typeof kiosk === 'string' ? kiosk : null
      },
    }),
  )
  starting(['terminals', 'inbox'])
  await Promise.all([inbox, ...terminals])
}

function faceOf(known: Known, { engines }: PartsOptions): Parts {
  return {
    view: () =>
      known.running.map((part) => ({
        name: part.name,
        state: part.state(),
        detail: [part.name === 'Cloud' ? engines : '', part.pid() === undefined ? '' : `process ${part.pid()}`]
          .filter((words) => words !== '')
          .join(' · '),
      })),
    pids: () => known.running.flatMap((part) => part.pid() ?? []),
    kiosks: () => known.kiosks,
    received: () => known.received,
    stop: async () => {
      // Cabinets and inbox first: what they still say, the cloud hears.
      const [cloud, ...others] = known.running
      await Promise.all(others.map((part) => part.stop()))
      await cloud?.stop()
    },
    kill: () => {
      for (const part of known.running) part.kill()
    },
  }
}
