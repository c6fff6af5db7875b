import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from './lane.ts'
import { type Fault, type FaultProxy, faults, flapMs, openFaultProxy } from './proxy.ts'

/** Time that goes when it is told to. */
function createHandClock() {
  let now = 0
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()
  return {
    now: () => now,
    after: (ms: number, run: () => void) => {
      const timer = { at: now + ms, run }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    go: (ms: number) => {
      const until = now + ms
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).toSorted((left, right) => left.at - right.at)
        if (next === undefined) break
        timers.delete(next)
        now = next.at
        next.run()
      }
      now = until
    },
  }
}

describe('a link that fails', () => {
  let clock: ReturnType<typeof createHandClock>
  let server: Server
  let proxy: FaultProxy
  let heard: string
  let serving: Socket[]
  const open: Socket[] = []

  beforeEach(async () => {
    clock = createHandClock()
    heard = ''
    serving = []
    server = createServer((socket) => {
      serving.push(socket)
      socket.on('error', () => undefined)
      socket.on('data', (bytes: Buffer) => {
        heard += bytes.toString()
        socket.write(`<${bytes.toString()}>`)
      })
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    proxy = await openFaultProxy({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, clock)
  })
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy()
    for (const socket of serving) socket.destroy()
    await proxy.stop()
    server.close()
  })

  const dial = async () => {
    const socket = connect(proxy.port, '127.0.0.1')
    open.push(socket)
    const caller = { socket, text: '', gone: false, code: '' }
    socket.on('data', (bytes: Buffer) => (caller.text += bytes.toString()))
    socket.on('close', () => (caller.gone = true))
    socket.on('error', (error: NodeJS.ErrnoException) => (caller.code = error.code ?? ''))
    await once(socket, 'connect')
    return caller
  }
  /** The kernel moves bytes between three sockets in its own time, which is short. */
  const until = async (holds: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 2_000 && !holds(); turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(holds()).toBe(true)
  }
  const quiet = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  const talking = async () => {
    const caller = await dial()
    caller.socket.write('a')
    await until(() => caller.text === '<a>')
    return caller
  }

  it('carries both ways while it is whole, and an end as an end', async () => {
    const caller = await talking()
    expect(proxy.connections()).toBe(1)
    caller.socket.end()
    await until(() => proxy.connections() === 0)
  })

  it('silent-drop: nothing comes and nobody is told; healed, it comes late and in order', async () => {
    const caller = await talking()
    proxy.inflict('silent-drop')
    caller.socket.write('b')
    serving[0]?.write('news')
    await quiet()
    expect([heard, caller.text, caller.gone]).toEqual(['a', '<a>', false])
    caller.socket.write('c')
    proxy.heal()
    await until(() => caller.text.includes('news') && heard === 'abc')
  })

  it('silent-drop: who calls meanwhile is answered by nobody until it heals', async () => {
    proxy.inflict('silent-drop')
    const caller = await dial()
    caller.socket.write('b')
    await quiet()
    expect(heard).toBe('')
    proxy.heal()
    await until(() => caller.text === '<b>')
  })

  it('reset: both ends are told at once, and new calls too', async () => {
    const caller = await talking()
    proxy.inflict('reset')
    await until(() => caller.gone && serving[0]?.destroyed === true)
    expect(caller.code).toBe('ECONNRESET')
    const again = connect(proxy.port, '127.0.0.1')
    open.push(again)
    const [error] = (await once(again, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNRESET')
    proxy.heal()
    await talking()
  })

  it('half-open: one end is gone and the other never hears of it, not even when it heals', async () => {
    const caller = await talking()
    proxy.inflict('half-open')
    await until(() => serving[0]?.destroyed === true)
    caller.socket.write('b')
    await quiet()
    expect([heard, caller.gone]).toEqual(['a', false])
    proxy.heal()
    caller.socket.write('c')
    await quiet()
    expect([heard, caller.gone]).toEqual(['a', false])
    await talking()
  })

  it('delay: each byte takes two seconds more, both ways, and none overtakes another', async () => {
    const caller = await talking()
    proxy.inflict('delay')
    caller.socket.write('b')
    await quiet()
    clock.go(limits.delayMs - 1)
    await quiet()
    expect(heard).toBe('a')
    clock.go(1)
    await until(() => heard === 'ab')
    await quiet()
    expect(caller.text).toBe('<a>')
    clock.go(limits.delayMs)
    await until(() => caller.text === '<a><b>')
  })

  it('narrow: ten kilobytes a second', async () => {
    const caller = await talking()
    proxy.inflict('narrow')
    caller.socket.write('x'.repeat(30_000))
    await quiet()
    clock.go(1_000)
    await quiet()
    expect(heard.length).toBeGreaterThan(8_000)
    expect(heard.length).toBeLessThan(13_000)
    clock.go(5_000)
    await until(() => heard.length === 30_001)
  })

  it('flap: five seconds down, five up, again and again', async () => {
    const caller = await talking()
    proxy.inflict('flap')
    await until(() => caller.gone)
    clock.go(flapMs)
    const second = await talking()
    clock.go(flapMs)
    await until(() => second.gone)
    proxy.heal()
    const third = await talking()
    clock.go(4 * flapMs)
    await quiet()
    expect(third.gone).toBe(false)
  })

  it('one-way: what is said to the caller comes, what he says does not', async () => {
    const caller = await talking()
    proxy.inflict('one-way')
    caller.socket.write('b')
    serving[0]?.write('news')
    await until(() => caller.text === '<a>news')
    expect(heard).toBe('a')
    proxy.heal()
    await until(() => heard === 'ab')
  })

  it('holds back no more than a window: who sends on has to wait', async () => {
    const caller = await talking()
    proxy.inflict('silent-drop')
    const block = Buffer.alloc(1_000_000)
    for (let n = 0; n < 20; n += 1) caller.socket.write(block)
    await quiet()
    expect(caller.socket.writableLength).toBeGreaterThan(0)
    proxy.heal()
    await until(() => heard.length > 1_000_000)
  })

  it.each(faults)('%s: one fault may follow another, and healed it is whole', async (fault: Fault) => {
    proxy.inflict('narrow')
    proxy.inflict(fault)
    clock.go(100)
    proxy.heal()
    await talking()
  })
})
