import './help.css'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { Show } from '@holdfast/wire/kiosk/show.ts'
import { soundMs, startAlarm } from '../../kit/alarm.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { labelOf, useKioskWords, useNow } from '../now.tsx'

const toneMs = 3_000
const callEveryMs = 20_000
/** Of the alarm's own volume: quiet at night as the operator set it, and never so quiet that nobody hears. */
const loudnessAt = (night: Show['night']): number => (0.9 * Math.max(20, night?.volumePercent ?? 100)) / 100

/** A large door was shut that nobody uses: tone and voice by turns for a minute, and the way out one touch away (law 17). */
export function InsideBanner({ onShutIn }: { readonly onShutIn: () => void }): ReactNode {
  const { t } = useKioskWords()
  const { site, show } = useNow()
  const { maybeInside: door } = show
  const title = door === undefined ? '' : t('kiosk.inside.title', { label: labelOf(site, door) })
  useCalls(door, `${title} ${t('kiosk.inside.hint')}`)
  if (door === undefined) return null
  return (
    <div className="kiosk-inside">
      <Banner tone="danger" title={title}>
        {t('kiosk.inside.hint')}
      </Banner>
      <Button kind="danger" size="big" icon="warn" onPress={onShutIn}>
        {t('kiosk.emergency.shutIn')}
      </Button>
    </div>
  )
}

/** Each door is called out for a minute, however long it is asked about; one that is shut once more is called anew. */
function useCalls(door: string | undefined, line: string): void {
  const { locale } = useKioskWords()
  const { show, voice } = useNow()
  const said = { line, locale, loudness: loudnessAt(show.night) }
  const latest = useRef(said)
  latest.current = said
  useEffect(() => {
    if (door === undefined) return undefined
    let hush = (): void => {}
    let next: ReturnType<typeof setTimeout> | undefined
    const call = (left: number): void => {
      hush = startAlarm(latest.current.loudness)
      next = setTimeout(() => {
        hush()
        voice.say({ text: latest.current.line, locale: latest.current.locale })
        if (left > 1) next = setTimeout(() => call(left - 1), callEveryMs - toneMs)
      }, toneMs)
    }
    call(soundMs / callEveryMs)
    return () => {
      clearTimeout(next)
      hush()
    }
  }, [door, voice, latest])
}
