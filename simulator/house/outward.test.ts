import { describe, expect, it } from 'vitest'
import { readId } from '@holdfast/core/values/ids.ts'
import { lawOf } from '../runs/report.ts'
import { createVirtualClock } from '../seed/clock.ts'
import { createComplaints } from './complaints.ts'
import { createOutward } from './outward.ts'
import type { Partner } from './trouble.ts'

const to = '+8613800000001'
const one = readId('message', 'msg_00000000000000000000000001')
const other = readId('message', 'msg_00000000000000000000000002')
const patient = new AbortController().signal

function open(how: { letters?: Partner; partners?: Partner } = {}) {
  const clock = createVirtualClock()
  const { holds, failed } = createComplaints()
  const troubles = { letters: () => how.letters ?? 'well', partners: () => how.partners ?? 'well' }
  const trace = { add: () => {}, hash: () => '', length: () => 0 }
  const outward = createOutward({ clock, troubles, trace, tell: () => {}, holds })
  const soon = async <T>(work: Promise<T>): Promise<T> => {
    work.catch(() => {})
    await clock.run(clock.now() + 60_000, () => {})
    return await work
  }
  const letter = async (id: typeof one, text: string) => {
    if (id === undefined) throw new Error('no id')
    return await soon(outward.letter({ id, channel: 'sms', to, subject: '', text, locale: 'en' }, patient))
  }
  const post = async (id: string, more = '') => {
    const body = JSON.stringify({ id, type: 'parcel.announced', data: { trackingNumber: `SF1${more}` } })
    return await soon(outward.post('https://carrier.example', { headers: {}, body }))
  }
  const law = (): number | undefined => {
    const found = failed()
    return found === undefined ? undefined : lawOf(found)
  }
  return { outward, letter, post, law }
}

describe('a phone in the town', () => {
  it('shows a message that comes again under its id once', async () => {
    const { outward, letter, law } = open()
    expect(await letter(one, 'your code')).toEqual({ outcome: 'delivered' })
    await letter(one, 'your code')
    expect(outward.onPhone(to)).toEqual(['your code'])
    expect(outward.arrivals).toHaveLength(2)
    expect(law()).toBeUndefined()
  })

  it.each([
    ['the same words under another id', other, 'your code'],
    ['other words under the same id', one, 'another code'],
  ])('takes %s for a breach of law 10', async (_, id, text) => {
    const { letter, law } = open()
    await letter(one, 'your code')
    await letter(id, text)
    expect(law()).toBe(10)
  })

  it('may have got what the cloud was told had failed, and never what was refused at the door', async () => {
    const unheard = open({ letters: 'unheard' })
    await expect(unheard.letter(one, 'your code')).rejects.toMatchObject({ code: 'channel-unreachable' })
    expect(unheard.outward.onPhone(to)).toEqual(['your code'])
    const fails = open({ letters: 'fails' })
    await expect(fails.letter(one, 'your code')).rejects.toMatchObject({ reason: 'http-503' })
    expect(fails.outward.onPhone(to)).toEqual([])
  })
})

describe('the carrier’s server in the town', () => {
  it.each([
    ['well', { kind: 'answered', status: 200 }, 1],
    ['slow', { kind: 'answered', status: 200 }, 1],
    ['refuses', { kind: 'answered', status: 503 }, 0],
    ['unheard', { kind: 'failed', problem: 'webhook-timeout' }, 1],
  ] as const)('that is called %s answers %j', async (partners, answer, arrived) => {
    const { outward, post } = open({ partners })
    expect(await post('evt_1')).toMatchObject(answer)
    expect(outward.arrivals).toHaveLength(arrived)
  })

  it('hears the same event again, and no other under its id (law 10)', async () => {
    const { post, law } = open()
    await post('evt_1')
    await post('evt_1')
    expect(law()).toBeUndefined()
    await post('evt_1', 'x')
    expect(law()).toBe(10)
  })
})
