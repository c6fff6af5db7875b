import './frame.css'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { AccessButtons } from '../../kit/controls/ask/access-buttons.tsx'
import type { Access } from '../../kit/controls/ask/access-buttons.tsx'
import { Button } from '../../kit/controls/ask/button.tsx'
import { LanguageSwitch } from '../../kit/controls/ask/language-switch.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import { Captions } from '../../kit/controls/tell/captions.tsx'
import { TimeRing } from '../../kit/controls/tell/time-ring.tsx'
import type { Language } from '../../kit/words/word-source.ts'
import { useKioskWords, useNow } from '../now.tsx'
import { BrokenSign } from '../help/broken.tsx'
import { EmergencyBanner } from '../help/emergency-banner.tsx'
import { InsideBanner } from '../help/inside-banner.tsx'
import { HelpSheet } from '../help/help-sheet.tsx'
import { stepsOf } from './steps.ts'

export interface FrameProps {
  readonly languages: readonly Language[]
  readonly onLanguage: (locale: string) => void
  readonly access: Access
  readonly onAccess: (access: Access) => void
  readonly children: ReactNode
}

/** What stands around every screen, always in the same corners: place and languages above, access and help below. */
export function Frame({ languages, onLanguage, access, onAccess, children }: FrameProps): ReactNode {
  const { t } = useKioskWords()
  const { site, show, send, voice } = useNow()
  const [help, setHelp] = useState(false)
  const [called, setCalled] = useState(0)
  const main = useRef<HTMLElement>(null)
  const scrolls = useScrolls(main)
  const call = (what: 'shut-in' | 'help'): void => {
    send({ kind: 'emergency', what })
    setCalled((times) => times + 1)
    setHelp(false)
  }
  return (
    <div className="kiosk" data-screen={show.screen.kind}>
      <header className="kiosk-top">
        <span className="kiosk-place">{site.place?.siteName ?? t('kiosk.title')}</span>
        <LanguageSwitch languages={languages} onChoose={onLanguage} />
      </header>
      {!show.online && (
        <p className="kiosk-offline" role="status">
          <Icon name="info" /> {t('kiosk.offline')}
        </p>
      )}
      <EmergencyBanner called={called} />
      <BrokenSign />
      <main className="kiosk-screen" ref={main} tabIndex={scrolls ? 0 : undefined}>
        {children}
      </main>
      <InsideBanner onShutIn={() => call('shut-in')} />
      {/* Unguided, the voice says what stands above: only readers need it here once more. */}
      <div className={access.guided ? undefined : 'hf-hidden'}>
        <Captions voice={voice} />
      </div>
      <Steps />
      <footer className="kiosk-bottom">
        <AccessButtons access={access} onChange={onAccess} onRepeat={voice.repeat} />
        <Button icon="help" mark="help" onPress={() => setHelp(true)}>
          {t('control.help')}
        </Button>
      </footer>
      <HelpSheet open={help} onClose={() => setHelp(false)} onCall={call} />
    </div>
  )
}

/** What is longer than its place can be read with a keyboard alone too, and one that fits is no stop on the way. */
function useScrolls(element: RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const { current } = element
    if (current === null) return undefined
    const look = (): void => setScrolls(current.scrollHeight > current.clientHeight)
    const sizes = new ResizeObserver(look)
    const contents = new MutationObserver(look)
    sizes.observe(current)
    contents.observe(current, { subtree: true, childList: true, characterData: true })
    look()
    return () => {
      sizes.disconnect()
      contents.disconnect()
    }
  }, [element])
  return scrolls
}

/** Back, the time that is left, and stop. */
function Steps(): ReactNode {
  const { t } = useKioskWords()
  const { show, send } = useNow()
  const { back, stop } = stepsOf(show.screen)
  if (!back && !stop && show.time === null) return null
  return (
    <nav className="kiosk-steps" aria-label={t('kiosk.nav.label')}>
      {back && (
        <Button icon="back" mark="back" onPress={() => send({ kind: 'back' })}>
          {t('control.back')}
        </Button>
      )}
      {show.time && <TimeRing {...show.time} onExtend={() => send({ kind: 'extend' })} />}
      {stop && (
        <Button icon="close" mark="stop" onPress={() => send({ kind: 'finish' })}>
          {t('control.stop')}
        </Button>
      )}
    </nav>
  )
}
