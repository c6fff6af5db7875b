import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { partTexts, shortDigest } from '@holdfast/wire/carry/parts.ts'
import type { CarriedAskReply } from '@holdfast/wire/http/access.ts'
import type { Answer, Failure } from '../../kit/cloud/client.ts'
import { createAsker, lookEveryMs } from './asking.ts'

const digestOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest())
const question = (n: number): Uint8Array => Uint8Array.from({ length: 700 }, (_, i) => (i * n) & 255)
const textsOf = (n: number): readonly string[] => partTexts('ask', question(n), digestOf(question(n)))
const says = (state: CarriedAskReply['state'], codes: string[] = []): Answer<CarriedAskReply> => ({
  ok: true,
  value: { state, codes },
})
const fails = (kind: Failure['kind'], status = 0): Answer<CarriedAskReply> => ({
  ok: false,
  failure: { kind, code: kind, status, messages: {} },
})

/** A phone whose network and clock a test turns by hand. */
function phone() {
  const sent: { readonly bytes: string; readonly again: boolean }[] = []
  const timers: { readonly ms: number; readonly ring: () => void }[] = []
  const world: { answer: Answer<CarriedAskReply> } = { answer: says('agreed', ['HF2:1', 'HF2:2']) }
  const asker = createAsker({
    send: async (bytes, again) => {
      sent.push({ bytes, again })
      return world.answer
    },
    isWhole: async (bytes, digest) => shortDigest(digestOf(bytes)) === digest,
    after: (ms, ring) => {
      const timer = { ms, ring }
      timers.push(timer)
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1)
      }
    },
  })
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve()
  }
  const show = async (n: number): Promise<void> => {
    for (const text of textsOf(n)) asker.read(text)
    await settle()
  }
  const ring = async (): Promise<number> => {
    const [timer] = timers.splice(0, 1)
    timer?.ring()
    await settle()
    return timer?.ms ?? -1
  }
  return { asker, sent, timers, world, show, ring, settle }
}

describe('a question that the camera reads', () => {
  it('goes to the cloud whole, and its answer is shown for the scanner', async () => {
    const { show, sent, asker } = phone()
    await show(3)
    expect(sent).toEqual([{ bytes: base64FromBytes(question(3)), again: false }])
    expect(asker.state()).toEqual({ stage: 'answered', state: 'agreed', codes: ['HF2:1', 'HF2:2'] })
  })

  it('says how much of it was seen', () => {
    const { asker } = phone()
    asker.read(textsOf(3)[1] ?? '')
    expect(asker.state()).toEqual({ stage: 'reading', seen: 1, total: 2 })
  })

  it('is asked once, however long it is looked at', async () => {
    const { show, sent } = phone()
    await show(3)
    await show(3)
    expect(sent).toHaveLength(1)
  })

  it('gives way to the next one', async () => {
    const { show, sent, asker, world } = phone()
    world.answer = says('waiting')
    await show(3)
    world.answer = says('unknown', ['HF2:9'])
    await show(5)
    expect(sent.map(({ bytes }) => bytes)).toEqual([3, 5].map((n) => base64FromBytes(question(n))))
    expect(asker.state()).toMatchObject({ stage: 'answered', state: 'unknown' })
  })

  it('is none where the parts make something else', async () => {
    const { asker, sent, settle } = phone()
    const other = partTexts('ask', question(5), digestOf(question(3)))
    for (const text of [textsOf(3)[0] ?? '', other[1] ?? '']) asker.read(text)
    await settle()
    expect(sent).toEqual([])
  })

  it('leaves other codes to others', () => {
    const { asker } = phone()
    const [facts = ''] = partTexts('facts', question(3), digestOf(question(3)))
    expect(['SF1234567890123', 'HF1:XYZ', facts, ''].map((text) => asker.read(text))).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(asker.state()).toEqual({ stage: 'none' })
  })
})

describe('a recipient who thinks', () => {
  it('is looked after every two seconds, and written to once', async () => {
    const { show, ring, sent, world, asker } = phone()
    world.answer = says('waiting')
    await show(3)
    expect(await ring()).toBe(lookEveryMs)
    expect(await ring()).toBe(lookEveryMs)
    expect(asker.state().stage).toBe('waiting')
    world.answer = says('declined', ['HF2:3'])
    await ring()
    expect(asker.state()).toEqual({ stage: 'answered', state: 'declined', codes: ['HF2:3'] })
    expect(sent.map(({ again }) => again)).toEqual([false, true, true, true])
  })

  it('is not waited for once the courier goes on', async () => {
    const { show, asker, timers, world } = phone()
    world.answer = says('waiting')
    await show(3)
    asker.clear()
    expect([asker.state().stage, timers.length]).toEqual(['none', 0])
  })
})

describe('a network that fails', () => {
  it.each([
    ['is gone', fails('offline')],
    ['is slow', fails('timeout')],
    ['is asked too often', fails('refused', 429)],
  ])('is tried again when it %s, and the question counts as asked only when it arrived', async (_, failure) => {
    const { show, ring, sent, world, asker } = phone()
    world.answer = failure
    await show(3)
    expect(asker.state().stage).toBe('asking')
    await ring()
    world.answer = says('waiting')
    await ring()
    world.answer = failure
    await ring()
    expect(asker.state().stage).toBe('waiting')
    expect(sent.map(({ again }) => again)).toEqual([false, false, false, true])
  })

  it('says what the cloud will never answer, and asks no more', async () => {
    const { show, world, asker, timers } = phone()
    world.answer = fails('refused', 403)
    await show(3)
    expect(asker.state()).toMatchObject({ stage: 'failed', failure: { status: 403 } })
    expect(timers).toEqual([])
  })

  it('answers nobody after the app is closed', async () => {
    const { show, world, asker, settle } = phone()
    world.answer = says('waiting')
    await show(3)
    asker.stop()
    await settle()
    expect(asker.state().stage).toBe('waiting')
  })
})
