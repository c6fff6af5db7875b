import { createContext, runInContext } from 'node:vm'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { listenToVoice } from './voice.testing.ts'

type Said = { readonly say: (...lines: readonly string[]) => void; readonly hush: () => void }

/** A page that is nothing but its own globals, in which the stand-in for loudspeakers runs as in a browser. */
async function silentPage() {
  const globals: Record<string, unknown> = { OscillatorNode: class {} }
  globals['window'] = globals
  const context = createContext(globals)
  const run = (script: string): unknown => runInContext(script, context)
  const page = {
    addInitScript: async (script: string) => run(script),
    evaluate: async (asked: string | ((word: unknown) => unknown), word: unknown) =>
      typeof asked === 'string' ? run(asked) : run(`(${asked.toString()})(${JSON.stringify(word)})`),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the two things that are asked of it.
  const heard = await listenToVoice(page as unknown as Page)
  const words = (line: string): string => `speechSynthesis.speak(new SpeechSynthesisUtterance(${JSON.stringify(line)}))`
  const said: Said = {
    say: (...lines) => void run(lines.map(words).join(';')),
    hush: () => void run('speechSynthesis.cancel()'),
  }
  return { heard, ...said }
}

describe('what a person hears', () => {
  it('up to a line is all since the last interruption, and nothing before it or after the line', async () => {
    const { heard, say, hush } = await silentPage()
    say('Checking your code', '1: Stop.')
    hush()
    say('Door A06 is open', 'Main cabinet.', 'Take your parcel.', '9: help.')
    expect(await heard.upTo('Take your parcel')).toEqual(['Door A06 is open', 'Main cabinet.', 'Take your parcel.'])
  })

  it('stays what it was when the line is interrupted in its turn', async () => {
    const { heard, say, hush } = await silentPage()
    say('Welcome', '1: Pick up.')
    hush()
    say('Type your code')
    hush()
    expect(await heard.upTo('1: Pick up')).toEqual(['Welcome', '1: Pick up.'])
    expect(await heard.upTo('Type your code')).toEqual(['Type your code'])
  })

  it('is nothing for a line that was never said, or was forgotten', async () => {
    const { heard, say, hush } = await silentPage()
    say('Welcome')
    hush()
    expect(await heard.upTo('Good bye')).toEqual([])
    await heard.forget()
    say('Thank you')
    expect(await heard.upTo('Welcome')).toEqual([])
    expect(await heard.upTo('Thank you')).toEqual(['Thank you'])
  })
})
