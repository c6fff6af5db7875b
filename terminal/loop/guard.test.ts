import { afterEach, expect, it } from 'vitest'
import { journalFailure } from '../journal/failure.ts'
import { createMemoryDisk } from '../journal/store.memory.ts'
import { createGuard } from './guard.ts'
import { silentLog } from '../platform/log.ts'
import { noReserve } from '../platform/reserve.ts'
import { begin, createRig, doorsSeen, happened, id, type Rig, signIn } from '../terminal.testing.ts'

const rigs: Rig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.terminal.stop()
})

async function rigOn(reserveHeld: boolean) {
  const disk = createMemoryDisk()
  let held = reserveHeld
  let room = true
  const reserve = {
    release: () => {
      const had = held
      held = false
      if (had) room = true
      return had
    },
    refill: () => room && (held = true),
  }
  const rig = await createRig({ disk, reserve })
  rigs.push(rig)
  disk.beforeWrite = () => {
    if (!room) throw journalFailure('journal-disk-full')
  }
  const fill = (): void => {
    room = false
  }
  return { ...rig, disk, fill, loop: rig.terminal.loop }
}

it('gives the reserve up on a full disk: no deposit begins, everything else goes on', async () => {
  const { loop, fill } = await rigOn(true)
  const session = id('session')
  fill()
  expect(loop.submit(signIn(session))).toMatchObject({ accepted: true })
  expect(loop.journalHealth()).toBe('full')
  expect(loop.submit(begin(session, id('deposit')))).toEqual({ accepted: false, refusal: 'journal-full' })
  expect(loop.submit({ type: 'endSession', session })).toMatchObject({ accepted: true })
})

it('does nothing in the world once the disk takes nothing, and says so', async () => {
  const { loop, fill, doors } = await rigOn(true)
  const session = id('session')
  loop.submit(signIn(session))
  fill()
  loop.submit({ type: 'extendSession', session })
  fill()
  expect(loop.submit({ type: 'endSession', session })).toEqual({ accepted: false, refusal: 'journal-failing' })
  expect(loop.journalHealth()).toBe('failing')
  expect(loop.cabinet().session?.id).toBe(session)
  expect(doors.pulses).toEqual([])
})

it('never pulses for an intent that the disk did not take', async () => {
  const rig = await rigOn(false)
  const { loop, disk } = rig
  const session = id('session')
  loop.submit(signIn(session))
  disk.beforeWrite = () => {
    throw journalFailure('journal-failed')
  }
  expect(loop.submit(begin(session, id('deposit')))).toEqual({ accepted: false, refusal: 'journal-failing' })
  disk.beforeWrite = () => {}
  expect(loop.submit({ type: 'extendSession', session })).toMatchObject({ accepted: true })
  await doorsSeen(rig.terminal)
  expect(rig.doors.pulses).toEqual([])
})

/** Doors were opened while the disk took nothing, as many as `left` stayed shut; now it takes everything. */
async function rigBehind(left: number) {
  const rig = await rigOn(false)
  const { loop, disk, doors } = rig
  const session = id('session')
  loop.submit(signIn(session))
  const channels = loop.cabinet().layout.compartments.map(({ lock }) => lock.channel)
  const moved = channels.slice(left)
  let tries = 0
  const told = new Promise<void>((resolve) => {
    disk.beforeWrite = () => {
      tries += 1
      if (tries === moved.length) resolve()
      throw journalFailure('journal-failed')
    }
  })
  for (const channel of moved) doors.open.add(channel)
  await told
  const positions = () => [...new Set([...loop.cabinet().doors.values()].map(({ position }) => position))]
  expect(positions()).toEqual(['shut'])
  disk.beforeWrite = () => {}
  return { ...rig, session, shut: channels.slice(0, left), positions }
}

it('decides nothing before it has told the doors that moved while the disk took nothing (law 16)', async () => {
  const { loop, session, positions } = await rigBehind(0)
  expect(loop.submit(begin(session, id('deposit')))).toEqual({ accepted: false, refusal: 'cabinet-full' })
  expect(positions()).toEqual(['open'])
})

it('tells them with the first door that the disk takes again (law 16)', async () => {
  const { loop, doors, shut, positions } = await rigBehind(1)
  for (const channel of shut) doors.open.add(channel)
  await happened(loop, () => positions().includes('open'))
  expect(positions()).toEqual(['open'])
})

it('gives nothing where the disk cannot be read, stays as healthy as it was, and passes bugs on', () => {
  const guard = createGuard(noReserve, silentLog)
  const thrown = (error: Error) => (): never => {
    throw error
  }
  expect(guard.read(() => 5)).toBe(5)
  expect(guard.read(thrown(journalFailure('journal-failed')))).toBeUndefined()
  expect(guard.health()).toBe('ok')
  expect(() => guard.read(thrown(new TypeError('a bug')))).toThrow('a bug')
})
