import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { CompartmentPlan, LockAddress } from '@holdfast/core/cabinet/layout.ts'
import { makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { createElectricalCabinet } from '@holdfast/simulator/cabinet/cabinet.ts'
import { driveCabinet } from '@holdfast/simulator/cabinet/drive.ts'
import { serveTcpLine } from '@holdfast/terminal/boards/bench.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import { connectCloud, type RigCloud } from './cloud.ts'
import { type Planted, writePlan } from './plan.ts'
import { startProgram } from './program.ts'

export const doorCount = 24

export interface Pulse {
  /** When the frame that unlocked began to arrive at the board, and when the coil had current (`performance.now`). */
  readonly firstByteAtMs: number
  readonly atMs: number
  readonly wallMs: number
  readonly lock: LockAddress
}

export interface CabinetRig {
  readonly locks: readonly LockAddress[]
  readonly compartments: readonly CompartmentPlan[]
  readonly cloud: RigCloud
  /** What a technician or a person at the screen does; resolves with the answer. */
  act<Answer>(what: string): Promise<Answer>
  pulses(): readonly Pulse[]
  mostCoilsAtOnce(): number
  /** The power goes and comes: a new process on the same journal; resolves at once. */
  powerCut(script: string): Promise<void>
  /** Pushes every door shut that stands open. */
  shutAll(): void
  stop(): Promise<void>
}

export interface RigWay {
  /** Where the terminal finds the broker, where that is another place than the cloud's. */
  readonly through?: string
  readonly speed?: number
  readonly environment?: Readonly<Record<string, string>>
  /** The built touchscreen. */
  readonly kiosk?: string
  readonly doors?: number
  readonly planted?: Planted | undefined
}

/** The real terminal in its own process, its boards at 9600 baud over TCP in this one, a real broker between. */
export async function openCabinetRig(mqtt: string, codeCost: number, way: RigWay = {}): Promise<CabinetRig> {
  const seals = createNodeSeals()
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  const compartments = layoutOf(seals.random, way.doors ?? doorCount)
  const metal = openMetal(compartments.map(({ lock }) => lock))
  const line = await serveTcpLine(metal.options)
  const { cloud, plan } = await openCloud({ mqtt, codeCost, seals, way })
  const bodies = [{ kind: 'mainCabinet', widthMm: 2_000, heightMm: 2_000 }] as const
  writePlan(folder, { ...plan, boards: line.port, layout: { version: 1, bodies, compartments } })
  const { environment } = way
  let program = startProgram(fileURLToPath(new URL('./terminal.testing.ts', import.meta.url)), folder, environment)
  const stop = async (): Promise<void> => {
    await program.stop()
    await cloud.stop()
    metal.stop()
    await line.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const powerCut = async (script: string): Promise<void> => {
    await program.kill()
    program = startProgram(script, folder, environment)
  }
  try {
    for (let tries = 100; !(await program.act<boolean>('ready')); tries -= 1) {
      if (tries === 0) throw new Error('the terminal did not come up within ten seconds')
      await sleep(100)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ...metal,
    locks: compartments.map(({ lock }) => lock),
    compartments,
    cloud,
    act: async (what) => await program.act(what),
    powerCut,
    stop,
  }
}

interface RigGiven {
  readonly mqtt: string
  readonly codeCost: number
  readonly seals: Seals
  readonly way: RigWay
}

/** The cloud's end, and what the terminal is told of both. */
async function openCloud({ mqtt, codeCost, seals, way }: RigGiven) {
  const keys = seals.generate('p256')
  const [orders, sealing] = [seals.generate('ed25519'), seals.generate('x25519')]
  const [cabinet, incarnation] = [
    makeId('cabinet', instant(1), seals.random(10)),
    makeId('incarnation', instant(1), seals.random(10)),
  ]
  const place = { shard: 7, cabinet }
  const cloud = await connectCloud({ mqtt, seals, place, incarnation, orders, sealing, cabinetKey: keys.publicKey })
  const { through = mqtt, speed = 1, kiosk, planted } = way
  const codes = { codeKey: base64FromBytes(seals.random(32)), codeSalt: base64FromBytes(seals.random(16)) }
  const known = { ...place, incarnation, mqtt: through, keys, codeCost, speed, kiosk, planted, ...codes }
  return { cloud, plan: { ...known, orderKey: orders.publicKey, sealTo: sealing.publicKey } }
}

function layoutOf(random: (length: number) => Uint8Array, doors: number): readonly CompartmentPlan[] {
  return Array.from({ length: doors }, (_, index) => ({
    id: makeId('compartment', instant(index + 1), random(10)),
    label: `A${String(index + 1).padStart(2, '0')}`,
    body: 0,
    size: 'M',
    inside: { widthMm: 350, heightMm: 200, depthMm: 450 },
    front: { xMm: Math.floor(index / doorCount) * 400, yMm: (index % doorCount) * 80, widthMm: 400, heightMm: 75 },
    lock: { line: 'main', board: Math.floor(index / doorCount) + 1, channel: (index % doorCount) + 1 },
    witness: 'latch',
  }))
}

function openMetal(locks: readonly LockAddress[]) {
  const clock = { now: () => performance.now(), after: soon }
  const cabinet = createElectricalCabinet({ locks })
  const line = cabinet.line('main')
  const given: Pulse[] = []
  let heardAtMs = 0
  const stop = driveCabinet(cabinet, clock)
  const electrical: typeof line = {
    ...line,
    pulse: (board, channel, ms) => {
      given.push({
        firstByteAtMs: heardAtMs,
        atMs: clock.now(),
        wallMs: Date.now(),
        lock: { line: 'main', board, channel },
      })
      line.pulse(board, channel, ms)
    },
  }
  return {
    options: {
      family: 'xor-8a' as const,
      electrical,
      boards: new Map(locks.map(({ board }) => [board, {}])),
      clock,
      tap: (direction: string, _: Uint8Array, atMs: number) => {
        if (direction === 'host->board') heardAtMs = atMs
      },
    },
    pulses: () => given,
    mostCoilsAtOnce: () => cabinet.audit().mostCoilsAtOnce,
    shutAll: () => {
      cabinet.advance(clock.now())
      for (const { lock, door } of cabinet.snapshot()) if (door.leaf !== 'shut') cabinet.hands.push(lock)
    },
    stop,
  }
}

function soon(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => {
    clearTimeout(timer)
  }
}
