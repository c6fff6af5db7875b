import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createElectricalCabinet } from '@holdfast/simulator/cabinet/cabinet.ts'
import { northGateLayout } from '../layouts.ts'
import { type Cable, layCable } from './cable.ts'
import { type Metal, metalOf, rememberMetal } from './metal.ts'
import { choosePort, portOf } from './ports.ts'

describe('a cable', () => {
  let far: Server
  let cable: Cable
  let arrived: Socket[]
  const near: Socket[] = []
  beforeEach(async () => {
    arrived = []
    far = createServer((socket) => {
      arrived.push(socket)
      socket.on('error', () => undefined).pipe(socket)
    })
    await new Promise<void>((ready) => far.listen(0, '127.0.0.1', ready))
    cable = await layCable({ host: '127.0.0.1', port: portOf(far) })
  })
  afterEach(async () => {
    for (const socket of [...near.splice(0), ...arrived]) socket.destroy()
    await cable.stop()
    if (far.listening) await new Promise((closed) => far.close(closed))
  })

  const plug = (): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = connect(cable.port, '127.0.0.1', () => resolve(socket))
      socket.on('error', () => undefined)
      near.push(socket)
    })
  const echo = (socket: Socket, text: string): Promise<string> =>
    new Promise((resolve) => {
      socket.once('data', (bytes) => resolve(bytes.toString()))
      socket.once('close', () => resolve('closed'))
      socket.write(text)
    })
  const closed = (socket: Socket): Promise<string> =>
    new Promise((resolve) => (socket.destroyed ? resolve('closed') : socket.once('close', () => resolve('closed'))))

  it('carries bytes both ways, whatever they mean', async () => {
    expect(await echo(await plug(), '\u0000\u0001두')).toBe('\u0000\u0001두')
    expect(cable.isCut()).toBe(false)
  })

  it('that is cut ends every connection, lets none through, and carries again once it is mended', async () => {
    const before = [await plug(), await plug()]
    await Promise.all(before.map((socket, n) => echo(socket, `word ${n}`)))
    cable.cut(true)
    expect(await Promise.all(before.map(closed))).toEqual(['closed', 'closed'])
    expect(await closed(await plug())).toBe('closed')
    expect(cable.isCut()).toBe(true)
    cable.cut(false)
    expect(await echo(await plug(), 'again')).toBe('again')
  })

  it('lets the near end know when the far one goes, or was never there', async () => {
    const socket = await plug()
    await echo(socket, 'x')
    for (const end of arrived) end.destroy()
    expect(await closed(socket)).toBe('closed')
    await new Promise((gone) => far.close(gone))
    expect(await closed(await plug())).toBe('closed')
  })
})

describe('a port', () => {
  const taken: Server[] = []
  afterEach(async () => {
    for (const server of taken.splice(0)) await new Promise((closed) => server.close(closed))
  })
  const occupy = async (port: number): Promise<number> => {
    const server = createServer()
    taken.push(server)
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
    return portOf(server)
  }

  it('is the wanted one where it is free, else the next, past those that are promised already', async () => {
    const { port } = await choosePort(0)
    expect(await choosePort(port)).toEqual({ port, moved: false })
    await occupy(port)
    expect(await choosePort(port, new Set([port + 1]))).toEqual({ port: expect.any(Number), moved: true })
    expect((await choosePort(port, new Set([port + 1]))).port).toBeGreaterThan(port + 1)
  })

  it('is refused with a code where a hundred are taken', async () => {
    const all = new Set(Array.from({ length: 100 }, (_, n) => 20_000 + n))
    await expect(choosePort(20_000, all)).rejects.toMatchObject({ code: 'no-free-port' })
    expect(() => portOf({ address: () => null })).toThrow('without a port')
  })
})

describe('what metal remembers', () => {
  const cabinetOf = (metal: Metal) => {
    const locks = northGateLayout.compartments.map(({ lock }) => lock)
    const cabinet = createElectricalCabinet({ locks })
    rememberMetal(cabinet, northGateLayout, metal)
    return northGateLayout.compartments.map(({ id, label, lock }) => {
      const { leaf, hook, things, defects } = cabinet.door(lock)
      return { label, compartment: id, leaf, hook, things: [...things], jammed: defects.jammed, held: defects.leafHeld }
    })
  }

  it.each<[string, Metal]>([
    ['nothing', []],
    ['a thing behind a shut door', [{ label: 'A01', open: false, jammed: false, things: ['box'] }]],
    ['two things behind an open door', [{ label: 'A02', open: true, jammed: false, things: ['box', 'bag'] }]],
    ['a jammed door', [{ label: 'B01', open: false, jammed: true, things: [] }]],
  ])('%s: the same is found after a power cut', (_what, metal) => {
    expect(metalOf(cabinetOf(metal))).toEqual(metal)
  })

  it('forgets a door that the cabinet no longer has', () => {
    expect(metalOf(cabinetOf([{ label: 'Z99', open: true, jammed: true, things: ['ghost'] }]))).toEqual([])
  })
})
