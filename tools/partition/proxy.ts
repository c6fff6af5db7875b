import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { type Clock, Lane, type Manner } from './lane.ts'

/** The seven ways in which a link fails. */
export const faults = ['silent-drop', 'reset', 'half-open', 'delay', 'narrow', 'flap', 'one-way'] as const
export type Fault = (typeof faults)[number]

export interface FaultProxy {
  readonly port: number
  /** From now on, for connections that stand and for new ones. */
  inflict(fault: Fault): void
  heal(): void
  connections(): number
  stop(): Promise<void>
}

export const flapMs = 5_000

/** Both directions: from the one who called, and back to him. */
const manners: Readonly<
  Record<Exclude<Fault, 'reset' | 'half-open' | 'flap'>, readonly [there: Manner, back: Manner]>
> = {
  'silent-drop': ['held', 'held'],
  delay: ['slow', 'slow'],
  narrow: ['narrow', 'narrow'],
  'one-way': ['held', 'free'],
}
const free: readonly [Manner, Manner] = ['free', 'free']

interface Pair {
  readonly caller: Socket
  readonly target: Socket
  readonly lanes: readonly [Lane, Lane]
  /** Its other end is gone and its caller was not told: no healing brings it back. */
  dead: boolean
}

/** A TCP link between two programs that can be made to fail, byte by byte and way by way, and healed again. */
export async function openFaultProxy(
  to: { readonly host: string; readonly port: number },
  clock: Clock,
): Promise<FaultProxy> {
  const pairs = new Set<Pair>()
  let fault: Fault | undefined
  let down = false
  let stopFlapping: (() => void) | undefined

  const server = createServer({ allowHalfOpen: true }, (caller) => {
    caller.on('error', ignore)
    if (down) return void caller.resetAndDestroy()
    const pair = joinPair(caller, connect({ ...to, allowHalfOpen: true }), clock)
    pairs.add(pair)
    caller.once('close', () => pairs.delete(pair))
    if (fault !== undefined) afflict(pair, fault)
  })
  const cut = (): void => {
    down = true
    for (const pair of pairs) reset(pair)
  }
  const flap = (): void => {
    if (down) down = false
    else cut()
    stopFlapping = clock.after(flapMs, flap)
  }
  const settle = (next: Fault | undefined): void => {
    stopFlapping?.()
    stopFlapping = undefined
    down = false
    fault = next
    if (next === 'reset') cut()
    if (next === 'flap') flap()
    for (const pair of pairs) afflict(pair, fault)
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: portOf(server.address()),
    inflict: settle,
    heal: () => settle(undefined),
    connections: () => pairs.size,
    stop: async () => {
      settle(undefined)
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

function joinPair(caller: Socket, target: Socket, clock: Clock): Pair {
  const lanes = [new Lane(caller, target, clock), new Lane(target, caller, clock)] as const
  const pair: Pair = { caller, target, lanes, dead: false }
  target.on('error', ignore)
  target.once('close', () => {
    if (!pair.dead) caller.destroy()
  })
  caller.once('close', () => {
    for (const lane of lanes) lane.stop()
    target.destroy()
  })
  return pair
}

function afflict(pair: Pair, fault: Fault | undefined): void {
  if (fault === 'half-open') return kill(pair)
  if (pair.dead || fault === 'reset' || fault === 'flap') return
  const [there, back] = fault === undefined ? free : manners[fault]
  pair.lanes[0].change(there)
  pair.lanes[1].change(back)
}

function reset({ caller, target }: Pair): void {
  caller.resetAndDestroy()
  target.resetAndDestroy()
}

function kill(pair: Pair): void {
  pair.dead = true
  for (const lane of pair.lanes) lane.change('lost')
  pair.target.resetAndDestroy()
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0

/** Whoever is at the end of a broken link hears of it himself. */
const ignore = (): void => undefined
