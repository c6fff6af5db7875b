import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { useStage } from '../../kit/testing/stage.testing.ts'
import { createVoice } from '../../kit/voice.ts'
import { kioskWords } from '../../kit/words/kiosk/kiosk-words.ts'
import { WordsProvider } from '../../kit/words/use-words.tsx'
import { example } from '../guide/examples.testing.ts'
import { NowProvider } from '../now.tsx'
import { seeFrame } from '../screens/screens.testing.tsx'
import { InsideBanner } from './inside-banner.tsx'

const examples = new URL('../../../wire/examples/', import.meta.url)
const site = JSON.parse(readFileSync(new URL('kiosk-site.1.json', examples), 'utf8')) as Site
const asking = example('idle-maybe-inside')
const stage = useStage()

/** How loud each alarm was that began; whether one sounds. */
const tones: number[] = []
let sounding = 0

/** As much of a browser's sound as an alarm asks for. */
function stubSound(): void {
  tones.length = 0
  sounding = 0
  class Context {
    readonly destination = {}
    readonly resume = async (): Promise<void> => undefined
    readonly close = async (): Promise<void> => {
      sounding = 0
    }
  }
  class Tone {
    readonly frequency = {}
    readonly connect = <Next,>(next: Next): Next => next
    readonly start = (): void => {
      sounding = 1
    }
  }
  class Gain {
    readonly connect = <Next,>(next: Next): Next => next
    constructor(_context: Context, { gain }: { readonly gain: number }) {
      if (gain <= 1) tones.push(gain)
    }
  }
  vi.stubGlobal('AudioContext', Context)
  vi.stubGlobal('OscillatorNode', Tone)
  vi.stubGlobal('GainNode', Gain)
}
beforeEach(stubSound)
afterEach(() => {
  // Not all that is stubbed: the stage stands on some of it.
  for (const name of ['AudioContext', 'OscillatorNode', 'GainNode']) vi.stubGlobal(name, undefined)
})

async function standBefore(): Promise<{
  readonly draw: (show: Show) => Promise<void>
  readonly said: string[]
  readonly called: () => number
}> {
  const words = await kioskWords.load('en')
  const said: string[] = []
  const voice = createVoice({ speak: ({ text }) => said.push(text) })
  let calls = 0
  const draw = async (show: Show): Promise<void> =>
    await stage.draw(
      <WordsProvider words={words}>
        <NowProvider now={{ site, show, send: () => undefined, voice }}>
          <InsideBanner onShutIn={() => (calls += 1)} />
        </NowProvider>
      </WordsProvider>,
    )
  return { draw, said, called: () => calls }
}

describe('a large door that was shut and nobody uses', () => {
  it.each([
    ['en', 'Door B02 was shut. Is somebody inside?', 'Somebody is shut inside'],
    ['zh', 'B02 号柜门被关上了。里面有人吗？', '有人被关在里面'],
    ['ko', 'B02번 문이 닫혔습니다. 안에 사람이 있나요?', '안에 사람이 갇혔어요'],
  ] as const)(
    'is asked about in %s on every screen, with the way out one touch away',
    async (locale, asked, button) => {
      for (const name of ['idle-maybe-inside', 'code', 'pickup-open']) {
        const show = { ...example(name), maybeInside: asking.maybeInside ?? '' }
        const seen = await seeFrame(site, show, locale)
        expect(seen.text).toContain(asked)
        expect(seen.buttons).toContain(button)
        expect((await seeFrame(site, example('idle'), locale)).text).not.toContain(asked)
      }
    },
  )

  it('is called out by tone and voice by turns, for a minute and no longer', async () => {
    const { draw, said } = await standBefore()
    await draw(asking)
    expect([tones.length, sounding, said]).toEqual([1, 1, []])
    await stage.after(3_000)
    expect(sounding).toBe(0)
    expect(said).toEqual([expect.stringMatching(/^Door B02 was shut.*: the door opens\.$/)])
    await stage.after(600_000)
    expect([tones.length, said.length, sounding]).toEqual([3, 3, 0])
    await draw(example('idle'))
    await draw(asking)
    expect(tones).toHaveLength(4)
  })

  it('is silent as soon as the door opens, or somebody has looked', async () => {
    const { draw, said } = await standBefore()
    await draw(asking)
    await draw(example('idle'))
    expect(sounding).toBe(0)
    await stage.after(120_000)
    expect([tones.length, said]).toEqual([1, []])
  })

  it.each([
    [undefined, 0.9],
    [30, 0.27],
    [0, 0.18],
  ])('sounds as loud as the operator’s night allows, and never not at all (%s percent: %d)', async (percent, loud) => {
    const { draw } = await standBefore()
    await draw(percent === undefined ? asking : { ...asking, night: { volumePercent: percent } })
    expect(tones[0]).toBeCloseTo(loud)
  })

  it('calls for the release by one touch', async () => {
    const { draw, called } = await standBefore()
    await draw(asking)
    await stage.press(/Somebody is shut inside/)
    expect(called()).toBe(1)
  })
})
