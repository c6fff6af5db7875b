import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'

/** What stands between a cabinet and its broker. */
export interface FarLineModel {
  /** Each way. */
  readonly delayMs: number
  /** Share of segments that are lost, each way. */
  readonly loss: number
  /** 0 to 1, from the figure's seed. */
  readonly random: () => number
}

export interface FarLine {
  readonly port: number
  /** TCP payload in both directions, and the segments that carried it. */
  passed(): Passed
  stop(): Promise<void>
}

export interface Passed {
  readonly bytes: number
  readonly segments: number
  /** Acknowledgements that travelled alone: nothing went the other way within 40 ms, as long as Linux waits. */
  readonly bareAcks: number
  readonly stalls: number
  readonly connects: number
}

const delayedAckMs = 40

/** What Ethernet, IP and TCP with timestamps leave of 1500 bytes. */
export const segmentBytes = 1_448

/**
 * A mobile line in one process. TCP hides loss as lateness, so that is what is made: a lost segment comes when its
 * sender has noticed, after Linux's retransmission timeout of one round trip and 200 ms, doubled each time it is lost
 * again; and everything behind it in the same direction waits (a thin stream has no duplicate acknowledgements that
 * would be quicker).
 */
export async function openFarLine(to: number, model: FarLineModel): Promise<FarLine> {
  const open = new Set<Socket>()
  const count = { bytes: 0, segments: 0, bareAcks: 0, stalls: 0, connects: 0 }
  const server = createServer((near) => {
    count.connects += 1
    const far = connect(to, '127.0.0.1')
    for (const socket of [near, far]) {
      socket.setNoDelay(true)
      open.add(socket)
      socket.on('close', () => open.delete(socket))
    }
    const line = { model, count, acks: new Map<Socket, NodeJS.Timeout>() }
    carry(line, near, far)
    carry(line, far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    port: address.port,
    passed: () => ({ ...count }),
    stop: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Line {
  readonly model: FarLineModel
  readonly count: { bytes: number; segments: number; bareAcks: number; stalls: number }
  readonly acks: Map<Socket, NodeJS.Timeout>
}

/** One direction: late, in order and counted. */
function carry({ model, count, acks }: Line, from: Socket, into: Socket): void {
  let freeAtMs = 0
  const deliver = createQueue()
  from.on('data', (chunk: Buffer) => {
    // This carries the acknowledgement of what came the other way.
    clearTimeout(acks.get(into))
    acks.delete(into)
    if (!acks.has(from))
      acks.set(
        from,
        setTimeout(() => {
          acks.delete(from)
          count.bareAcks += 1
        }, delayedAckMs).unref(),
      )
    for (let at = 0; at < chunk.length; at += segmentBytes) {
      const segment = chunk.subarray(at, at + segmentBytes)
      const { stallMs, stalls } = stallOf(model)
      count.bytes += segment.length
      count.segments += 1 + stalls
      count.stalls += stalls
      freeAtMs = Math.max(freeAtMs, performance.now() + model.delayMs + stallMs)
      deliver(freeAtMs, () => into.write(segment))
    }
  })
  from.on('close', () => deliver(Math.max(freeAtMs, performance.now() + model.delayMs), () => into.destroy()))
  from.on('error', () => undefined)
}

/** How long a segment is late for its losses. */
export function stallOf({ delayMs, loss, random }: FarLineModel): {
  readonly stallMs: number
  readonly stalls: number
} {
  let [stallMs, stalls] = [0, 0]
  for (let timeoutMs = 2 * delayMs + 200; stalls < 6 && random() < loss; timeoutMs *= 2) {
    stallMs += timeoutMs
    stalls += 1
  }
  return { stallMs, stalls }
}

/** Runs each at its time, and none before the one that stands before it. */
function createQueue(): (atMs: number, run: () => void) => void {
  const waiting: { readonly atMs: number; readonly run: () => void }[] = []
  let timer: NodeJS.Timeout | undefined
  const drain = (): void => {
    timer = undefined
    while ((waiting[0]?.atMs ?? Infinity) <= performance.now()) waiting.shift()?.run()
    const [next] = waiting
    if (next !== undefined) timer = setTimeout(drain, Math.ceil(next.atMs - performance.now())).unref()
  }
  return (atMs, run) => {
    waiting.push({ atMs, run })
    if (timer === undefined) drain()
  }
}

/** The same losses in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
