import { expect, it } from 'vitest'
import type { CabinetFact } from '@holdfast/core/cabinet/commands.ts'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import { drawCodes } from '@holdfast/wire/seals/codes.ts'
import { createFakeClock } from '../boards/line/clock.fake.ts'
import { silentLog } from '../platform/log.ts'
import { id, newIdentity, seals } from '../terminal.testing.ts'
import { createCodeEntry, wrongHeldMs } from './enter.ts'

const [code = ''] = drawCodes(seals.random, 1)

function rig(more: object = {}, accepted = false) {
  const clock = { ...createFakeClock(), wall: () => 0 }
  const done: string[] = []
  const deposit = id('deposit')
  const enter = createCodeEntry({
    clock,
    seals,
    keys: newIdentity().codeKeys,
    cabinet: () => newCabinet,
    submit: ([command]) => {
      done.push(command?.type ?? '')
      return { accepted: true, events: [{ type: 'codeAttempted', attempt: 3, step: 'code', at: 0 as never }] }
    },
    observe: (fact: CabinetFact) => {
      done.push(fact.type)
      return accepted
        ? [{ type: 'codeAccepted', attempt: 3, deposit, generation: 0, at: 0 as never }]
        : [{ type: 'codeRejected', attempt: 3, at: 0 as never }]
    },
    drawSession: () => id('session'),
    journalHealth: () => 'ok',
    log: silentLog,
    ...more,
  })
  return { clock, done, enter, deposit }
}

it('journals the attempt before anything is hashed (law 7)', async () => {
  const hashed: string[] = []
  const slowHash = async (...given: Parameters<typeof seals.slowHash>) => {
    hashed.push(...done)
    return seals.slowHash(...given)
  }
  const { enter, done } = rig({ seals: { ...seals, slowHash } }, true)
  await enter(code)
  expect(hashed).toEqual(['attemptCode'])
})

it('tells a slip at once and spends no attempt', async () => {
  const { enter, done } = rig()
  const slip = `${code.slice(0, 8)}${(Number(code.at(8)) + 1) % 10}`
  expect([await enter(slip), await enter('123')]).toEqual([{ outcome: 'slip' }, { outcome: 'incomplete' }])
  expect(done).toEqual([])
})

it('opens at once for a right code', async () => {
  const { enter, deposit } = rig({}, true)
  expect(await enter(code)).toMatchObject({ outcome: 'opened', deposit })
})

it.each([
  ['a wrong code', {}],
  ['a check that failed', { seals: { ...seals, slowHash: () => Promise.reject(new Error('no pool')) } }],
])('holds the answer to %s for two seconds', async (_name, more) => {
  const { enter, clock } = rig(more)
  let told = ''
  const answered = enter(code).then(({ outcome }) => (told = outcome))
  while (clock.now() < wrongHeldMs - 1) await clock.advance(1)
  expect(told).toBe('')
  await new Promise((resolve) => setTimeout(resolve, 50))
  await clock.advance(1)
  expect(await answered).toBe('wrong')
})
