import './kiosk.css'
import { useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { browserVoice, createVoice } from '../kit/voice.ts'
import { kioskWords } from '../kit/words/kiosk/kiosk-words.ts'
import { useLanguage, WordsProvider } from '../kit/words/use-words.tsx'
import { browserSounds } from './guide/sounds.ts'
import { openSpot } from './guide/spot.ts'
import { loudness, useAccess } from './use-access.ts'
import { useGuide } from './guide/use-guide.ts'
import { useVoiceLine } from './guide/use-voice-line.ts'
import { Frame } from './frame/frame.tsx'
import { LinkScreen } from './frame/link-screen.tsx'
import { useHardwareBack } from './link/use-hardware-back.ts'
import { useLink } from './link/use-link.ts'
import { NowProvider } from './now.tsx'
import { ScreenView } from './screens/screen-view.tsx'

/** The touchscreen: it draws what the terminal shows and tells what was touched. It decides nothing. */
export function Kiosk({ token }: { readonly token: string }): ReactNode {
  const linked = useLink(token)
  const { site, show, send } = linked
  const home = site?.place?.locales[0] ?? 'zh'
  const voice = useMemo(() => createVoice(browserVoice()), [])
  const earphones = show?.earphones === true
  const { access, setAccess, locale, choose, guide } = useAccess(voice, show)
  const words = useLanguage(kioskWords, locale ?? home)
  const volume = useRef<number>(0)
  volume.current = loudness(access, show?.night)
  const sounds = useMemo(() => browserSounds(() => volume.current), [])
  useHardwareBack(() => send({ kind: 'back' }))
  useVoiceLine(voice, words, { site, show, live: linked.state === 'live' && !access.guided })
  useGuide({
    on: access.guided,
    onWake: guide,
    words,
    voice,
    sounds,
    isPrivate: earphones,
    spot: openSpot(site, show),
  })
  if (words === undefined) return null
  const languages = kioskWords.languages.filter(
    ({ locale }) => site?.place?.locales.some((one) => one === locale) ?? true,
  )
  return (
    <WordsProvider words={words}>
      {linked.state !== 'live' || show === undefined || site === undefined ? (
        <LinkScreen state={linked.state} site={site} onTakeOver={linked.takeOver} />
      ) : (
        <NowProvider now={{ site, show, send, voice }}>
          <Frame languages={languages} onLanguage={choose} access={access} onAccess={setAccess}>
            <ScreenView key={show.screen.kind} screen={show.screen} />
          </Frame>
        </NowProvider>
      )}
    </WordsProvider>
  )
}
