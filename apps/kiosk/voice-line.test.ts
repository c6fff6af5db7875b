import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { kioskWords } from '../kit/words/kiosk/kiosk-words.ts'
import { problemWords } from './problem-words.ts'
import { stepsOf } from './frame/steps.ts'
import { voiceLine } from './voice-line.ts'

const folder = new URL('../../wire/examples/', import.meta.url)
const read = <Value>(name: string): Value => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Value
const site = read<Site>('kiosk-site.1.json')
const shows = readdirSync(folder)
  .filter((name) => name.startsWith('kiosk-show'))
  .map((name) => ({ name, show: read<Show>(name) }))

describe('what is said on each screen', () => {
  it.each(['zh', 'en', 'ko'])('is a whole sentence in %s for every screen but a quiet idle one', async (locale) => {
    const words = await kioskWords.load(locale)
    for (const { name, show } of shows) {
      const line = voiceLine(show, site, words)
      if (show.screen.kind === 'idle' && show.screen.openDoor === null) expect(line).toBe('')
      else expect(`${name}: ${line}`).toMatch(/: [^{}]{2,}$/)
    }
  })

  it('names the door, its place and what to do', async () => {
    const words = await kioskWords.load('en')
    const open = read<Show>('kiosk-show.1.pickup-open.json')
    expect(voiceLine(open, site, words)).toBe(
      'Door B09 is open. Cabinet to the right, right column, fourth from below. Take your parcel, then push the door shut.',
    )
  })

  it('asks for no scan where the scanner does not read', async () => {
    const words = await kioskWords.load('en')
    expect(voiceLine(read<Show>('kiosk-show.1.scan-typed.json'), site, words)).toBe('Enter a parcel')
    expect(voiceLine(read<Show>('kiosk-show.1.scan.json'), site, words)).toBe('Scan a parcel')
  })

  it('says a refusal before anything else, and one text for every wrong code', async () => {
    const words = await kioskWords.load('en')
    expect(voiceLine(read<Show>('kiosk-show.1.code-wrong.json'), site, words)).toBe(problemWords('code-wrong', 'en'))
    expect(problemWords('grant-forged', 'ko')).toBe(problemWords('grant-other-cabinet', 'ko'))
    expect(problemWords('no-such-code', 'en')).toBe(problemWords('cloud-silent', 'en'))
  })
})

describe('back and stop', () => {
  it('are not offered at an open door, where neither would be true', () => {
    for (const { show } of shows) {
      if (!('phase' in show.screen) || show.screen.phase !== 'open') continue
      expect(stepsOf(show.screen)).toEqual({ back: false, stop: false })
    }
  })
})
