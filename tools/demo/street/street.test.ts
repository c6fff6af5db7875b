import { connect, createServer, type Socket } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { TownPorts } from '../plan/secrets.ts'
import { recallTown } from '../plan/secrets.ts'
import { layCable } from './cable.ts'
import { choosePort, portOf } from './ports.ts'
import { openStreet, type Street } from './street.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function listening(onSocket: (socket: Socket) => void = () => {}): Promise<number> {
  const server = createServer(onSocket)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  ends.push(() => server.close())
  return portOf(server)
}

describe('ports', () => {
  it('are the wanted ones where free, else the next, and it is said', async () => {
    const used = await listening()
    expect(await choosePort(used)).toEqual({ port: expect.any(Number), moved: true })
    const { port } = await choosePort(0)
    expect(await choosePort(port)).toEqual({ port, moved: false })
    expect((await choosePort(port, new Set([port]))).port).not.toBe(port)
  })
})

describe('a cable', () => {
  it('carries bytes both ways, drops everybody when cut, and lets nobody in until it is mended', async () => {
    const cable = await layCable({ host: '127.0.0.1', port: await listening((socket) => socket.pipe(socket)) })
    ends.push(cable.stop)
    const talk = (): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(cable.port, '127.0.0.1', () => socket.write('ping'))
        socket.once('data', (chunk) => {
          resolve(String(chunk))
          if (!cable.isCut()) return
          socket.destroy()
        })
        socket.once('error', () => resolve('cut'))
        socket.once('close', () => resolve('cut'))
        ends.push(() => socket.destroy())
      })
    expect(await talk()).toBe('ping')
    cable.cut(true)
    expect(await talk()).toBe('cut')
    cable.cut(false)
    expect(await talk()).toBe('ping')
  })
})

describe('the street', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-street-'))
  const open = async (ports: TownPorts): Promise<Street> => {
    const street = await openStreet({ folder, ports, broker: { host: '127.0.0.1', port: 1 } })
    ends.push(street.stop)
    return street
  }
  const things = (street: Street, label: string) => street.view()[0]?.doors.find((door) => door.label === label)

  it('remembers what lies behind which door, what stands open and what is jammed', async () => {
    ends.push(() => rmSync(folder, { recursive: true, force: true }))
    const { kept } = await recallTown(folder, true)
    const first = await open(kept.ports)
    const act = (label: string, name: 'turn-key' | 'put' | 'push' | 'jam', thing = ''): boolean =>
      first.acts.hand({ cabinet: 'north', label, act: name, thing })
    expect(act('A01', 'put', 'a parcel')).toBe(false)
    expect([act('A01', 'turn-key'), act('A01', 'put', 'a parcel'), act('A01', 'push')]).toEqual([true, true, true])
    expect([act('A02', 'turn-key'), act('A03', 'jam')]).toEqual([true, true])
    await first.stop()
    ends.pop()
    const again = await open((await recallTown(folder, true)).kept.ports)
    expect(things(again, 'A01')).toMatchObject({ leaf: 'shut', hook: 'caught', things: ['a parcel'] })
    expect(things(again, 'A02')).toMatchObject({ leaf: 'ajar', things: [] })
    expect(things(again, 'A03')).toMatchObject({ leaf: 'shut', jammed: true })
    expect(await again.acts.scan({ cabinet: 'north', text: 'nobody listens' })).toBe(false)
    expect(await again.acts.scan({ cabinet: 'nowhere', text: 'x' })).toBe(false)
  })
})
