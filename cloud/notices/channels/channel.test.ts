import { describe, expect, it } from 'vitest'
import { instant } from '@holdfast/core/values/instants.ts'
import { createNodeSeals } from '@holdfast/wire/seals/node.ts'
import { createManualClock } from '../../platform/clock.ts'
import type { Channel } from './channel.ts'
import { channelContract, letter } from './channel.contract.ts'
import { httpSide, smtpSide } from './far.testing.ts'
import { signBody, signatureHolds } from './signature.ts'
import { createGateway } from './gateway.ts'
import { createTray } from './tray.ts'

const seals = createNodeSeals()
const secret = 'a secret of the gateway'
const clock = createManualClock(instant(1_800_000_000_000))

const openGateway = (url: string): Channel =>
  createGateway({ url, secret, receiptUrl: 'https://cloud.example/receipts', clock, seals })

channelContract('tray', async () => await httpSide((url) => createTray({ url })))
channelContract('gateway of texts, calls and slips', async () => await httpSide(openGateway))
channelContract('SMTP', smtpSide)

describe('a gateway', () => {
  it('can tell that a message is ours', async () => {
    const far = await httpSide(openGateway)
    await far.channel.send(letter, new AbortController().signal)
    const { id, channel, to, text, locale } = letter
    const sent = { id, channel, to, text, locale, receiptUrl: 'https://cloud.example/receipts' }
    const body = new TextEncoder().encode(JSON.stringify(sent))
    expect(signatureHolds(seals, far.signatures[0], { secret, at: clock.now(), body })).toBe(true)
    await far.stop()
  })

  it('gives up waiting when told', async () => {
    const far = await httpSide((url) => createTray({ url }))
    const late = new AbortController()
    late.abort()
    await expect(far.channel.send(letter, late.signal)).rejects.toMatchObject({ reason: 'timeout' })
    await far.stop()
  })
})

describe('a signature', () => {
  const body = new TextEncoder().encode('{"a":1}')
  const at = 1_800_000_000_000
  const shown = signBody(seals, { secret, at, body })
  it('holds for five minutes either way', () => {
    const holds = (now: number) => signatureHolds(seals, shown, { secret, at: now, body })
    expect([-300_001, -300_000, 0, 300_000, 300_001].map((off) => holds(at + off))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })
  it.each([undefined, '', 't=1', shown.replace('t=1', 't=2'), `${shown}0`, shown.toUpperCase(), 't=NaN,v1='])(
    'is not %j',
    (given) => expect(signatureHolds(seals, given, { secret, at, body })).toBe(false),
  )
  it('is of one body and one secret', () => {
    expect(signatureHolds(seals, shown, { secret: `${secret}!`, at, body })).toBe(false)
    expect(signatureHolds(seals, shown, { secret, at, body: body.subarray(1) })).toBe(false)
  })
})
