import { describe, expect, it } from 'vitest'
import { after, hours, instant, minutes, seconds } from '@holdfast/core/values/instants.ts'
import { createStandInSeals } from '@holdfast/wire/seals/stand-in.ts'
import { headersOf, settlementOf } from './deliver.ts'
import type { Posted } from './post.ts'

const now = instant(1_800_000_000_000)
const first = { attempts: 1, knocks: false, now, random: Uint8Array.of(0) }
const answered = (status: number, retryAfter?: string): Posted => ({ kind: 'answered', status, retryAfter })

describe('what becomes of a webhook', () => {
  it.each([200, 201, 202, 204, 299])('%i: delivered', (status) => {
    expect(settlementOf(answered(status), first)).toEqual({ state: 'delivered' })
  })

  it.each([100, 199, 300, 301, 302, 307, 400, 401, 404, 408, 409, 411, 429, 500, 503])(
    '%i: tried again in five seconds',
    (status) => {
      expect(settlementOf(answered(status), first)).toEqual({
        state: 'waiting',
        dueAt: after(now, seconds(5)),
        problem: `status-${status}`,
      })
    },
  )

  it('410 ends the endpoint at the first attempt as at the last', () => {
    for (const attempts of [1, 9, 10])
      expect(settlementOf(answered(410), { ...first, attempts })).toEqual({
        state: 'given-up',
        problem: 'status-410',
        disables: true,
      })
  })

  it('a receiver that cannot be reached is tried again and says why', () => {
    expect(settlementOf({ kind: 'failed', problem: 'ECONNREFUSED' }, first)).toEqual({
      state: 'waiting',
      dueAt: after(now, seconds(5)),
      problem: 'ECONNREFUSED',
      knockAt: after(now, seconds(30)),
    })
  })

  it.each([1, 9, 10, 11])(
    'one that knocks in vain keeps its place in the schedule, after attempt %i too',
    (attempts) => {
      const knocks = { ...first, attempts, knocks: true }
      const waiting = { state: 'waiting', dueAt: undefined, restsUntil: undefined }
      expect(settlementOf({ kind: 'failed', problem: 'ETIMEDOUT' }, knocks)).toEqual({
        ...waiting,
        problem: 'ETIMEDOUT',
        knockAt: after(now, seconds(30)),
      })
      expect(settlementOf(answered(500), knocks)).toEqual({ ...waiting, problem: 'status-500' })
      expect(settlementOf(answered(429, '90'), knocks)).toEqual({
        ...waiting,
        problem: 'status-429',
        restsUntil: after(now, seconds(90)),
      })
      expect(settlementOf(answered(204), knocks)).toEqual({ state: 'delivered' })
      expect(settlementOf(answered(410), knocks)).toMatchObject({ state: 'given-up', disables: true })
    },
  )

  it('the last attempt that finds nobody is the last: it is not knocked with', () => {
    const last = settlementOf({ kind: 'failed', problem: 'ECONNRESET' }, { ...first, attempts: 10 })
    expect(last).toEqual({ state: 'given-up', problem: 'ECONNRESET' })
  })

  it.each([
    [9, 'waiting'],
    [10, 'given-up'],
    [11, 'given-up'],
  ])('attempt %i that fails: %s', (attempts, state) => {
    const settled = settlementOf(answered(500), { ...first, attempts })
    expect(settled.state).toBe(state)
    expect(settled).not.toHaveProperty('disables')
  })

  it('the last attempt gives up even where the receiver asks for patience', () => {
    expect(settlementOf(answered(429, '60'), { ...first, attempts: 10 })).toEqual({
      state: 'given-up',
      problem: 'status-429',
    })
  })

  it.each([
    ['longer than the schedule', '3600', hours(1), hours(1)],
    ['shorter than the schedule', '1', seconds(5), seconds(1)],
    ['beyond all measure', '999999', hours(24), hours(24)],
  ])('a receiver’s own wish %s is obeyed', (_, retryAfter, pause, rest) => {
    expect(settlementOf(answered(503, retryAfter), first)).toEqual({
      state: 'waiting',
      dueAt: after(now, pause),
      problem: 'status-503',
      restsUntil: after(now, rest),
    })
  })

  it('no wish of a receiver that took it matters', () => {
    expect(settlementOf(answered(200, '3600'), first)).toEqual({ state: 'delivered' })
  })

  it('what failed together comes back apart', () => {
    const due = (byte: number) => {
      const settled = settlementOf(answered(500), { ...first, attempts: 2, random: Uint8Array.of(byte) })
      return settled.state === 'waiting' ? (settled.dueAt ?? 0) : 0
    }
    expect(due(0)).toBe(after(now, minutes(5)))
    expect(due(255)).toBe(after(now, seconds(330)))
    expect(new Set(Array.from({ length: 256 }, (_, byte) => due(byte))).size).toBe(256)
  })
})

describe('the head of a webhook', () => {
  const seals = createStandInSeals(1)
  const secret = seals.random(32)
  const message = { id: 'evt_1', atMs: 1_800_000_000_999, body: '{"name":"柜"}' }

  it('tells the length in bytes, not in letters, and whole seconds', () => {
    expect(headersOf(seals, secret, message)).toMatchObject({
      'content-length': '14',
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': 'evt_1',
      'webhook-timestamp': '1800000000',
    })
  })

  it('is signed over id, time and body: each of them changes it, and so does another secret', () => {
    const signature = (of: typeof message, by = secret) => headersOf(seals, by, of)['webhook-signature']
    const all = [
      signature(message),
      signature({ ...message, id: 'evt_2' }),
      signature({ ...message, atMs: message.atMs + 1_000 }),
      signature({ ...message, body: '{"name":"门"}' }),
      signature(message, seals.random(32)),
    ]
    expect(new Set(all).size).toBe(all.length)
    expect(signature(message)).toBe(signature({ ...message, atMs: message.atMs - 999 }))
    for (const each of all) expect(each).toMatch(/^v1,[A-Za-z0-9+/]+=*$/)
  })
})
