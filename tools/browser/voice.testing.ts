import type { Page } from 'playwright-core'

export interface Spoken {
  readonly text: string
  readonly lang: string
  readonly volume: number
}

/** What a person at this page hears. */
export interface Heard {
  lines(): Promise<readonly Spoken[]>
  /** From the last interruption to the line with these words, once it is said: all that somebody hears of it. */
  upTo(words: string): Promise<readonly string[]>
  /** Heights of the tones, in hertz. */
  tones(): Promise<readonly number[]>
  until(words: string): Promise<void>
  forget(): Promise<void>
}

/** Stands in for loudspeakers: keeps what would be spoken and sounded. Before the page is opened. */
export async function listenToVoice(page: Page): Promise<Heard> {
  await page.addInitScript(`{
    window.heard = { lines: [], starts: [], tones: [], from: 0 }
    class Utterance { constructor(text) { this.text = text; this.lang = ''; this.volume = 1; this.rate = 1 } }
    window.SpeechSynthesisUtterance = Utterance
    Object.defineProperty(window, 'speechSynthesis', {
      value: { speak: ({ text, lang, volume }) => { window.heard.starts.push(window.heard.from); window.heard.lines.push({ text, lang, volume }) }, cancel: () => { window.heard.from = window.heard.lines.length } },
    })
    const Oscillator = window.OscillatorNode
    window.OscillatorNode = class extends Oscillator {
      constructor(context, options) { super(context, options); window.heard.tones.push(Math.round(options.frequency)) }
    }
  }`)
  const lines = async (): Promise<readonly Spoken[]> => await page.evaluate('window.heard.lines')
  return {
    lines,
    upTo: async (words) =>
      await page.evaluate((wanted) => {
        const { lines: said, starts }: { lines: readonly Spoken[]; starts: readonly number[] } = Reflect.get(
          globalThis,
          'heard',
        )
        const end = said.findIndex(({ text }) => text.includes(wanted))
        return said.slice(starts[end] ?? 0, end + 1).map(({ text }) => text)
      }, words),
    tones: async () => await page.evaluate('window.heard.tones'),
    until: async (words) => {
      const isSaid = (wanted: string): boolean =>
        Reflect.get(globalThis, 'heard').lines.some(({ text }: { text: string }) => text.includes(wanted))
      await page.waitForFunction(isSaid, words, { timeout: 20_000 }).catch(async (cause: unknown) => {
        throw new Error(`never said: ${words}; but ${JSON.stringify(await lines())}`, { cause })
      })
    },
    forget: async () => {
      await page.evaluate(
        'window.heard.lines.length = window.heard.starts.length = window.heard.tones.length = window.heard.from = 0',
      )
    },
  }
}
