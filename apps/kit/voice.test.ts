import { describe, expect, it, vi } from 'vitest'
import { createVoice } from './voice.ts'

const line = { text: '门开了', locale: 'zh', clip: 'door-open' }

describe('the voice', () => {
  it('plays the recorded clip where there is one, and does not speak over it', () => {
    const play = vi.fn(async () => undefined)
    const speak = vi.fn()
    createVoice({ clipOf: (clip, locale) => `/clips/${locale}/${clip}.mp3`, play, speak }).say(line)
    expect(play).toHaveBeenCalledWith('/clips/zh/door-open.mp3', 1)
    expect(speak).not.toHaveBeenCalled()
  })

  it('speaks where there is no clip, or where it cannot be played', async () => {
    const speak = vi.fn()
    createVoice({ clipOf: () => undefined, play: async () => undefined, speak }).say(line)
    expect(speak).toHaveBeenCalledTimes(1)
    createVoice({ clipOf: () => '/gone.mp3', play: () => Promise.reject(new Error('gone')), speak }).say(line)
    await vi.waitFor(() => expect(speak).toHaveBeenCalledTimes(2))
  })

  it('shows the caption always: without any sound, and at volume 0', () => {
    const silent = createVoice({})
    silent.say(line)
    expect(silent.caption()).toBe('门开了')
    const speak = vi.fn()
    const voice = createVoice({ speak })
    voice.setVolume(0)
    voice.say(line)
    expect([voice.caption(), speak.mock.calls.length]).toEqual(['门开了', 0])
  })

  it('repeats the last line at the volume set since', () => {
    const speak = vi.fn()
    const voice = createVoice({ speak })
    voice.repeat()
    voice.say(line)
    voice.setVolume(0.4)
    voice.repeat()
    expect(speak.mock.calls).toEqual([
      [line, 1],
      [line, 0.4],
    ])
  })

  it('hushes the line before a new one and wipes the caption when stopped', () => {
    const hush = vi.fn()
    const changed = vi.fn()
    const voice = createVoice({ hush, speak: () => undefined })
    const leave = voice.subscribe(changed)
    voice.say(line)
    voice.stop()
    expect([voice.caption(), hush.mock.calls.length, changed.mock.calls.length]).toEqual(['', 2, 2])
    leave()
    voice.say(line)
    expect(changed).toHaveBeenCalledTimes(2)
  })
})
