import './kiosk.css'
import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { applyAccess, plainAccess } from '../kit/controls/ask/access-buttons.tsx'
import type { Access } from '../kit/controls/ask/access-buttons.tsx'
import { browserVoice, createVoice } from '../kit/voice.ts'
import { kioskWords } from '../kit/words/kiosk/kiosk-words.ts'
import { useLanguage, WordsProvider } from '../kit/words/use-words.tsx'
import { Frame } from './frame/frame.tsx'
import { LinkScreen } from './frame/link-screen.tsx'
import { useHardwareBack } from './link/use-hardware-back.ts'
import { useLink } from './link/use-link.ts'
import { NowProvider } from './now.tsx'
import { ScreenView } from './screens/screen-view.tsx'
import { useVoiceLine } from './use-voice-line.ts'

const volumes = { off: 0, low: 0.5, loud: 1 } as const
/** A choice of language or text that nobody goes on with is forgotten. */
const forgetMs = 60_000

/** The touchscreen: it draws what the terminal shows and tells what was touched. It decides nothing. */
export function Kiosk({ token }: { readonly token: string }): ReactNode {
  const linked = useLink(token)
  const { site, show, send } = linked
  const home = site?.place?.locales[0] ?? 'zh'
  const [choice, choose] = useState<string>()
  const [access, setAccess] = useState<Access>(plainAccess)
  const words = useLanguage(kioskWords, choice ?? home)
  const voice = useMemo(() => createVoice(browserVoice()), [])
  const isIdle = show?.screen.kind === 'idle'
  const forget = (): void => {
    choose(undefined)
    setAccess(plainAccess)
  }
  useEffect(() => {
    if (isIdle) forget()
  }, [isIdle])
  useEffect(() => {
    if (!isIdle) return undefined
    const timer = setTimeout(forget, forgetMs)
    return () => clearTimeout(timer)
  }, [isIdle, choice, access])
  useEffect(() => {
    applyAccess(access)
    voice.setVolume(volumes[access.volume])
  }, [access, voice])
  useHardwareBack(() => send({ kind: 'back' }))
  useVoiceLine(voice, words, { site, show, live: linked.state === 'live' })
  if (words === undefined) return null
  const languages = kioskWords.languages.filter(
    ({ locale }) => site?.place?.locales.some((one) => one === locale) ?? true,
  )
  return (
    <WordsProvider words={words}>
      {linked.state !== 'live' || show === undefined || site === undefined ? (
        <LinkScreen state={linked.state} onTakeOver={linked.takeOver} />
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
