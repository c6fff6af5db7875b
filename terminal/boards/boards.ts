import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import { Type, type Static } from 'typebox'
import type { BoardFailure, Reading, UnlockResult } from './board.ts'
import { profileChangesSchema, type Profile } from './families/profile.ts'
import type { BoardLine } from './families/family.ts'
import type { Clock } from './line/clock.ts'
import type { OpenDuplex } from './line/duplex.ts'
import { openSerial } from './line/serial.ts'
import { dialTcp } from './line/tcp.ts'
import { PulseGate } from './pulses.ts'
import { families, familyNames } from './registry.ts'
import { Rounds } from './watch/rounds.ts'
import { Watch, type BoardHealth, type LockReading } from './watch/watch.ts'

const tcpSchema = Type.Object({ host: Type.String(), port: Type.Integer({ minimum: 1, maximum: 65_535 }) })

/** One bus in the terminal's config. `profile` changes all its boards, `boards` single ones by address. */
export const lineConfigSchema = Type.Object({
  name: Type.String(),
  family: Type.Enum(familyNames),
  at: Type.Union([Type.Object({ tcp: tcpSchema }), Type.Object({ serial: Type.String() })]),
  baud: Type.Optional(Type.Integer({ minimum: 1_200, maximum: 1_000_000 })),
  /** The adapter repeats our own bytes. */
  echo: Type.Optional(Type.Boolean()),
  profile: Type.Optional(profileChangesSchema),
  boards: Type.Optional(Type.Record(Type.String({ pattern: '^[0-9]+$' }), profileChangesSchema)),
})

export type LineConfig = Static<typeof lineConfigSchema>

export interface BoardsConfig {
  readonly lines: readonly LineConfig[]
  /** All locks of the layout; channels count from 1, as printed on the board. */
  readonly locks: readonly LockAddress[]
}

export interface BoardsPorts {
  readonly clock: Clock
  /** How a line is reached; its serial port or TCP address unless a test brings its own wire. */
  readonly open?: (line: LineConfig) => OpenDuplex
}

export interface Boards {
  /** One pulse at most, in turn with all others of the cabinet; `refused` without a first byte is a full queue. */
  unlock(lock: LockAddress, onFirstByte?: (atMs: number) => void): Promise<UnlockResult>
  /** A fresh reading, as after a crash between intent and outcome: read, never pulse. */
  look(lock: LockAddress): Promise<Reading | BoardFailure>
  /** Each change, the first reading of each lock included. */
  onReading(listener: (change: LockReading) => void): () => void
  /** Polls the lock's board at 200 ms; an unlock and an open door imply it. */
  expectMovement(lock: LockAddress, forMs?: number): void
  /** Law 13: lifts the spacing of pulses, nothing else. */
  setService(on: boolean): void
  health(): readonly BoardHealth[]
  stop(): void
}

export const movementMs = 30_000

interface OpenLine {
  readonly line: BoardLine
  readonly rounds: Rounds
  readonly watches: readonly Watch[]
}

interface Site {
  readonly watch: Watch
  readonly rounds: Rounds
}

export function createBoards(config: BoardsConfig, ports: BoardsPorts): Boards {
  const listeners = new Set<(change: LockReading) => void>()
  const tell = (change: LockReading): void => {
    for (const listener of listeners) listener(change)
  }
  const gate = new PulseGate(ports.clock)
  const lines = config.lines.map((line) => openLine(line, locksOn(line, config), { ...ports, tell }))
  const sites = new Map<string, Site>()
  for (const { watches, rounds } of lines) {
    for (const watch of watches) sites.set(siteKey(watch.line, watch.board.describe().address), { watch, rounds })
  }
  const siteOf = (lock: LockAddress): Site => {
    const site = sites.get(siteKey(lock.line, lock.board))
    return site ?? fail('unknown-lock', `${lock.line}/${lock.board}/${lock.channel}`)
  }
  for (const lock of config.locks) assertWired(lock, siteOf(lock).watch)
  return {
    unlock: (lock, onFirstByte) => unlock(gate, siteOf(lock), { lock, onFirstByte }),
    look: async (lock) => {
      const { watch } = siteOf(lock)
      const result = await watch.board.read()
      watch.heard(result)
      return result.ok ? (result.readings.get(lock.channel) ?? 'refused') : result.failure
    },
    onReading: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    expectMovement: (lock, forMs = movementMs) => {
      const { watch, rounds } = siteOf(lock)
      watch.expectMovement(lock.channel, forMs)
      rounds.lookSoon(watch.board, watch.intervalMs())
    },
    setService: (on) => {
      gate.setService(on)
    },
    health: () => lines.flatMap(({ line, watches }) => watches.map((watch) => healthOf(watch, line))),
    stop: () => {
      gate.stop()
      for (const { line, rounds } of lines) {
        rounds.stop()
        line.stop()
      }
    },
  }
}

interface UnlockRequest {
  readonly lock: LockAddress
  readonly onFirstByte: ((atMs: number) => void) | undefined
}

function unlock(gate: PulseGate, { watch, rounds }: Site, { lock, onFirstByte }: UnlockRequest): Promise<UnlockResult> {
  const { pulseMs, minGapMs, coolDownMs } = watch.board.describe()
  const fire = async (): Promise<UnlockResult> => {
    const result = await watch.board.unlock(lock.channel, onFirstByte)
    if (result.firstByteAtMs !== undefined) {
      watch.expectMovement(lock.channel, movementMs)
      watch.pulsed(lock.channel)
      rounds.lookSoon(watch.board, watch.intervalMs())
    }
    return result
  }
  return gate.give({ lock: lockKey(lock), pulseMs, minGapMs, coolDownMs, fire })
}

function openLine(
  config: LineConfig,
  locks: ReadonlyMap<number, readonly LockAddress[]>,
  { clock, open = reach, tell }: BoardsPorts & { readonly tell: (change: LockReading) => void },
): OpenLine {
  const family = families[config.family]
  const baud = config.baud ?? family.baud
  const profiles = new Map<number, Profile>()
  for (const address of locks.keys()) {
    profiles.set(address, { ...family.profile, ...config.profile, ...config.boards?.[String(address)] })
  }
  const minSilenceMs = Math.max(0, ...[...profiles.values()].map((profile) => profile.minSilenceMs))
  const line = family.open({ baud, minSilenceMs, echo: config.echo ?? false }, { open: open(config), clock }, profiles)
  const watches = [...line.boards].map(
    ([address, board]) => new Watch(board, locks.get(address) ?? [], { clock, tell }),
  )
  const rounds = new Rounds(clock, watches)
  const lookAt = ({ board }: Watch): void => {
    rounds.lookSoon(board)
  }
  for (const watch of watches) {
    watch.board.onPush(() => {
      lookAt(watch)
    })
  }
  line.onUp(() => {
    watches.forEach(lookAt)
  })
  return { line, rounds, watches }
}

function locksOn({ name }: LineConfig, { locks }: BoardsConfig): ReadonlyMap<number, readonly LockAddress[]> {
  const byBoard = new Map<number, LockAddress[]>()
  for (const lock of locks) {
    if (lock.line === name) byBoard.set(lock.board, [...(byBoard.get(lock.board) ?? []), lock])
  }
  return byBoard
}

function reach({ at, baud, family }: LineConfig): OpenDuplex {
  return 'tcp' in at ? dialTcp(at.tcp.host, at.tcp.port) : openSerial(at.serial, baud ?? families[family].baud)
}

function healthOf(watch: Watch, line: BoardLine): BoardHealth {
  const away = line.away()
  return away === undefined ? watch.health() : { ...watch.health(), away }
}

function assertWired({ line, board, channel }: LockAddress, watch: Watch): void {
  if (channel < 1 || channel > watch.board.describe().channels) fail('unknown-lock', `${line}/${board}/${channel}`)
}

function fail(code: string, what: string): never {
  throw Object.assign(new Error(`${code}: ${what}`), { code })
}

const siteKey = (line: string, board: number): string => `${line}/${board}`
export const lockKey = ({ line, board, channel }: LockAddress): string => `${line}/${board}/${channel}`
