import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { idFromBytes } from '@holdfast/core/values/ids.ts'
import type { Channel, Letter } from './channel.ts'

export type Arrived = { readonly to: string; readonly text: string; readonly id: string }

/** A far side that a test can hold: a real server on a free port. */
export type FarSide = {
  readonly channel: Channel
  readonly arrived: readonly Arrived[]
  /** What the server says to the next messages. */
  readonly answer: (how: 'take' | 'refuse' | 'busy') => void
  readonly stop: () => Promise<void>
}

export const letter: Letter = {
  id: idFromBytes('message', new Uint8Array(16).fill(5)),
  channel: 'email',
  to: 'li@example.org',
  subject: '您的快件已入柜',
  text: '您的快件已放入一号柜，取件码 012 345 678。택배 parcel.',
  locale: 'zh',
}

/** What every channel keeps. */
export function channelContract(name: string, open: () => Promise<FarSide>): void {
  describe(`channel: ${name}`, () => {
    let far: FarSide
    const signal = new AbortController().signal
    beforeEach(async () => {
      far = await open()
    })
    afterEach(async () => {
      far.channel.close()
      await far.stop()
    })

    it('brings the words to the address unchanged, in every script', async () => {
      expect((await far.channel.send(letter, signal)).outcome).not.toBe('refused')
      expect(far.arrived).toEqual([{ to: letter.to, text: letter.text, id: letter.id }])
    })

    it('shows the same id at each try', async () => {
      await far.channel.send(letter, signal)
      await far.channel.send(letter, signal)
      expect(far.arrived.map(({ id }) => id)).toEqual([letter.id, letter.id])
    })

    it('says when trying again is no use, and names nobody', async () => {
      far.answer('refuse')
      const sent = await far.channel.send(letter, signal)
      expect(sent).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(/^(http|smtp)-\d{3}$/u) })
    })

    it('throws where another try may help, and names nobody', async () => {
      far.answer('busy')
      const busy = { code: 'channel-busy', reason: expect.stringMatching(/^(http|smtp)-\d{3}$/u) }
      await expect(far.channel.send(letter, signal)).rejects.toMatchObject(busy)
    })

    it('throws where nobody is at home', async () => {
      await far.stop()
      const failed = far.channel.send(letter, signal)
      await expect(failed).rejects.toMatchObject({ code: 'channel-unreachable' })
      await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining(letter.to) })
    })
  })
}
