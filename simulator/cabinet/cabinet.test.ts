import type { LockAddress } from '@holdfast/core/cabinet/layout.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createElectricalCabinet } from './cabinet.ts'
import { driveCabinet } from './drive.ts'

const lock = (channel: number, board = 1): LockAddress => ({ line: 'main', board, channel })
const locks = [lock(1), lock(2), lock(1, 2)]
const a = lock(1)

function createOpened() {
  const cabinet = createElectricalCabinet({ locks })
  cabinet.line('main').pulse(1, 1, 300)
  cabinet.advance(400)
  return cabinet
}

describe('a pulsed door', () => {
  it('lets its hook go after 50 ms and springs ajar after 80 ms', () => {
    const cabinet = createElectricalCabinet({ locks })
    cabinet.advance(1_000)
    cabinet.line('main').pulse(1, 1, 300)
    const at = (ms: number) => {
      cabinet.advance(ms)
      const { hook, leaf, coilUntil } = cabinet.door(a)
      return { hook, leaf, draws: coilUntil !== undefined }
    }
    expect(at(1_049)).toEqual({ hook: 'caught', leaf: 'shut', draws: true })
    expect(at(1_050)).toEqual({ hook: 'released', leaf: 'shut', draws: true })
    expect(at(1_080)).toEqual({ hook: 'released', leaf: 'ajar', draws: true })
    expect(at(1_300)).toEqual({ hook: 'released', leaf: 'ajar', draws: false })
    expect(cabinet.nextAt()).toBeUndefined()
  })

  it('is the only one that moves', () => {
    const cabinet = createOpened()
    expect(cabinet.snapshot().map(({ door }) => door.leaf)).toEqual(['ajar', 'shut', 'shut'])
  })

  it('stays shut when it is jammed or the pulse is too short, and the pulse is counted all the same', () => {
    const cabinet = createElectricalCabinet({ locks })
    cabinet.setDefects(a, { jammed: true })
    cabinet.line('main').pulse(1, 1, 300)
    cabinet.line('main').pulse(1, 2, 20)
    cabinet.advance(1_000)
    expect(cabinet.snapshot().every(({ door }) => door.hook === 'caught')).toBe(true)
    expect(cabinet.audit()).toMatchObject({ pulses: [{ lock: a, atMs: 0 }, { ms: 20 }], mostCoilsAtOnce: 2 })
  })

  it('unlatches without moving where the leaf is held, and follows its spring when let free', () => {
    const cabinet = createElectricalCabinet({ locks })
    cabinet.setDefects(a, { leafHeld: true })
    cabinet.line('main').pulse(1, 1, 300)
    cabinet.advance(1_000)
    expect(cabinet.door(a)).toMatchObject({ hook: 'released', leaf: 'shut' })
    cabinet.setDefects(a, { leafHeld: false })
    expect(cabinet.door(a).leaf).toBe('ajar')
  })
})

describe('a person', () => {
  it('puts things in and takes them out only through an open door', () => {
    const cabinet = createOpened()
    expect(cabinet.hands.put(lock(2), 'parcel')).toBe(false)
    expect(cabinet.hands.put(a, 'parcel')).toBe(true)
    expect(cabinet.door(a)).toMatchObject({ leaf: 'open', things: ['parcel'] })
    expect(cabinet.hands.take(a, 'another')).toBe(false)
    expect(cabinet.hands.push(a)).toBe(true)
    expect(cabinet.hands.take(a, 'parcel')).toBe(false)
    expect(cabinet.door(a)).toMatchObject({ hook: 'caught', leaf: 'shut', things: ['parcel'] })
  })

  it('cannot swing a door that the hook holds, nor shut one whose coil still draws or whose catch is worn', () => {
    const cabinet = createElectricalCabinet({ locks })
    expect(cabinet.hands.swing(a)).toBe(false)
    cabinet.line('main').pulse(1, 1, 300)
    cabinet.advance(100)
    cabinet.hands.push(a)
    expect(cabinet.door(a)).toMatchObject({ hook: 'released', leaf: 'ajar' })
    cabinet.advance(400)
    cabinet.setDefects(a, { willNotLatch: true })
    expect(cabinet.hands.swing(a)).toBe(true)
    cabinet.hands.push(a)
    expect(cabinet.door(a).leaf).toBe('ajar')
  })

  it('opens any door with the mechanical key, and no pulse is counted', () => {
    const cabinet = createElectricalCabinet({ locks })
    cabinet.setDefects(a, { jammed: true })
    expect(cabinet.hands.turnKey(a)).toBe(true)
    expect(cabinet.door(a)).toMatchObject({ hook: 'released', leaf: 'ajar' })
    expect(cabinet.audit().pulses).toEqual([])
  })
})

describe('the line of a cabinet', () => {
  it('reports contacts, lying ones as they lie', () => {
    const cabinet = createOpened()
    const line = cabinet.line('main')
    expect([line.closed(1, 1, 'latch'), line.closed(1, 1, 'leaf'), line.closed(1, 2, 'latch')]).toEqual([
      false,
      false,
      true,
    ])
    cabinet.setDefects(a, { latchSays: 'caught', leafSays: 'shut' })
    expect([line.closed(1, 1, 'latch'), line.closed(1, 1, 'leaf')]).toEqual([true, true])
    expect(line.closed(1, 9, 'latch')).toBe(false)
  })

  it('tells of contacts that change, not of what no contact sees', () => {
    const cabinet = createElectricalCabinet({ locks })
    const changed: string[] = []
    const forget = cabinet.line('main').onContact((board, channel) => changed.push(`${board}/${channel}`))
    cabinet.line('main').pulse(2, 1, 300)
    cabinet.advance(1_000)
    expect(changed).toEqual(['2/1', '2/1'])
    cabinet.hands.put({ ...a, board: 2 }, 'parcel')
    forget()
    cabinet.hands.push({ ...a, board: 2 })
    expect(changed.length).toBe(2)
  })

  it('loses boards that are unplugged and doubles addresses that are set alike', () => {
    const cabinet = createElectricalCabinet({ locks })
    const [wires, line] = [cabinet.wires('main'), cabinet.line('main')]
    wires.setAddress(2, 1)
    expect([line.addressOf(1), line.addressOf(2)]).toEqual([1, 1])
    wires.setPlugged(1, false)
    expect(line.addressOf(1)).toBeUndefined()
    wires.setPlugged(1, true)
    expect(line.addressOf(1)).toBe(1)
  })

  it('law 15: bends the same bytes in the same way for the same seed, and none without noise', () => {
    const bent = (seed: number, noise: number) => {
      const cabinet = createElectricalCabinet({ locks, seed })
      cabinet.wires('main').setNoise(noise)
      return Buffer.from(cabinet.line('main').distort(new Uint8Array(500))).toString('hex')
    }
    expect(bent(3, 0.1)).toBe(bent(3, 0.1))
    expect(bent(3, 0.1)).not.toBe(bent(4, 0.1))
    expect(bent(3, 0)).toBe('00'.repeat(500))
  })

  it('throws for a lock or line that is not there', () => {
    const cabinet = createElectricalCabinet({ locks })
    expect(() => cabinet.door(lock(9))).toThrow('no lock main/1/9')
    expect(() => cabinet.line('other')).toThrow('no line other')
  })
})

describe('a cabinet', () => {
  const moments = fc.array(fc.nat(2_000), { maxLength: 20 })

  it('ends the same however finely time is handed in', () => {
    fc.assert(
      fc.property(moments, (steps) => {
        const ends = [steps, []].map((times) => {
          const cabinet = createElectricalCabinet({ locks })
          cabinet.line('main').pulse(1, 2, 300)
          for (const at of [...times].sort((left, right) => left - right)) cabinet.advance(at)
          cabinet.advance(2_000)
          return cabinet.snapshot()
        })
        expect(ends[0]).toEqual(ends[1])
      }),
    )
  })

  it('tells its listeners of each move, and moves by itself under a scheduler', () => {
    const cabinet = createElectricalCabinet({ locks })
    const waiting: { at: number; run: () => void }[] = []
    let now = 0
    const stop = driveCabinet(cabinet, {
      now: () => now,
      after: (ms, run) => {
        const timer = { at: now + ms, run }
        waiting.push(timer)
        return () => void waiting.splice(waiting.indexOf(timer), 1)
      },
    })
    const seen: string[] = []
    cabinet.subscribe(({ door }) => seen.push(`${now} ${door.hook} ${door.leaf}`))
    cabinet.line('main').pulse(1, 1, 100)
    for (let timer = waiting.shift(); timer !== undefined; timer = waiting.shift()) {
      now = timer.at
      timer.run()
    }
    expect(seen).toEqual(['0 caught shut', '50 released shut', '80 released ajar', '100 released ajar'])
    stop()
    expect(waiting).toEqual([])
  })
})
