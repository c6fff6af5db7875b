import { useEffect } from 'react'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import type { Voice } from '../../kit/voice.ts'
import type { Words } from '../../kit/words/create-words.ts'
import type { KioskId } from '../../kit/words/kiosk/kiosk-words.ts'
import { voiceLine } from '../voice-line.ts'

interface Heard {
  readonly site: Site | undefined
  readonly show: Show | undefined
  readonly live: boolean
}

/** Says each new line once: a new screen, a door left open, or another language. */
export function useVoiceLine(voice: Voice, words: Words<KioskId> | undefined, { site, show, live }: Heard): void {
  const line = words === undefined || site === undefined || show === undefined ? '' : voiceLine(show, site, words)
  const locale = words?.locale ?? 'zh'
  const n = show?.n ?? 0
  useEffect(() => {
    if (line === '' || !live) voice.stop()
    else voice.say({ text: line, locale })
  }, [voice, line, locale, n, live])
}
