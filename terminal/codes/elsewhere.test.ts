import { expect, it } from 'vitest'
import { newCabinet } from '@holdfast/core/cabinet/state.ts'
import type { CabinetFact } from '@holdfast/core/cabinet/commands.ts'
import { drawCodes } from '@holdfast/wire/seals/codes.ts'
import { createFakeClock } from '../boards/line/clock.fake.ts'
import type { Question, Replied, Reply } from '../loop/loop.ts'
import { silentLog } from '../platform/log.ts'
import { id, newIdentity, seals } from '../terminal.testing.ts'
import { createElsewhere, elsewhereWithinMs } from './elsewhere.ts'
import { createCodeEntry, wrongHeldMs } from './enter.ts'

const [code = ''] = drawCodes(seals.random, 1)
const says = (change: Partial<Reply>): Replied => ({
  answered: true,
  reply: { v: 1, cabinet: 'cab', order: 'ord', sentAt: 0, kind: 'reply', ask: 'evt', ...change },
})

function rig(answer: (question: Question) => Promise<Replied>) {
  const clock = { ...createFakeClock(), wall: () => 0 }
  const asked: Question[] = []
  const facts: CabinetFact[] = []
  const elsewhere = createElsewhere({
    clock,
    ask: async (question) => {
      asked.push(question)
      return await answer(question)
    },
    drawId: id,
  })
  const enter = createCodeEntry({
    clock,
    cabinet: () => newCabinet,
    // At once: how long the hash takes on this machine is no part of the claim.
    seals: { ...seals, slowHash: async () => new Uint8Array(32) },
    keys: newIdentity().codeKeys,
    submit: () => ({
      accepted: true,
      events: [{ type: 'codeAttempted', attempt: 3, step: 'code', at: 0 as never }],
    }),
    observe: (fact) => {
      facts.push(fact)
      const isThere = fact.type === 'codeTagged' && fact.elsewhere === true
      return [{ type: isThere ? 'codeElsewhere' : 'codeRejected', attempt: 3, at: 0 as never }]
    },
    drawSession: () => id('session'),
    journalHealth: () => 'ok',
    log: silentLog,
  })
  const typed = async (tail?: string) => {
    const answered = enter(code, tail, elsewhere)
    let told: unknown
    void answered.then((given) => (told = given))
    while (told === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      await clock.advance(50)
    }
    return { told, heldMs: clock.now() }
  }
  return { asked, facts, typed }
}

it('names the cabinet that the code is right at, and takes the code to the cloud alone', async () => {
  const { asked, facts, typed } = rig(async () => says({ cabinetName: 'North Gate 2' }))
  expect(await typed()).toMatchObject({ told: { outcome: 'elsewhere', there: { name: 'North Gate 2' } } })
  expect(asked).toMatchObject([{ kind: 'elsewhere', plain: { code } }])
  expect(facts).toMatchObject([{ type: 'codeTagged', elsewhere: true }])
  expect(JSON.stringify(facts)).not.toContain(code)
})

it('says how to find it where the cloud knows', async () => {
  const there = { name: 'North Gate 2', directions: '20 m left of the entrance' }
  const { typed } = rig(async () => says({ cabinetName: there.name, directions: there.directions }))
  expect(await typed()).toMatchObject({ told: { outcome: 'elsewhere', there } })
})

it.each<readonly [string, () => Promise<Replied>]>([
  ['the code is right nowhere', async () => says({})],
  ['the cloud has directions to nowhere', async () => says({ directions: '20 m left' })],
  ['the cloud refuses', async () => says({ refusal: 'ask-unknown' })],
  ['the cabinet is offline', async () => ({ answered: false, why: 'offline' })],
  ['the asking fails', async () => await Promise.reject(new Error('no uplink'))],
  ['nobody answers', async () => await new Promise<Replied>(() => undefined)],
])('is wrong, counted and held for two seconds where %s', async (_name, answer) => {
  const { facts, typed } = rig(answer)
  const { told, heldMs } = await typed()
  expect(told).toEqual({ outcome: 'wrong' })
  expect(heldMs).toBeGreaterThanOrEqual(wrongHeldMs)
  expect(heldMs).toBeLessThan(wrongHeldMs + 500)
  expect(facts).toHaveLength(1)
  expect(facts[0]).not.toHaveProperty('elsewhere')
})

it('leaves time for the answer that a wrong code gets anyway', () => {
  expect(elsewhereWithinMs).toBeLessThan(wrongHeldMs)
})

it('asks nobody where the phone’s digits are wanted as well', async () => {
  const { asked, typed } = rig(async () => says({ cabinetName: 'North Gate 2' }))
  expect(await typed('5678')).toMatchObject({ told: { outcome: 'wrong' } })
  expect(asked).toEqual([])
})
