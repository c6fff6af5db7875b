import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Site } from '@holdfast/wire/kiosk/show.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { soundMs, startAlarm } from '../../kit/alarm.ts'
import { CallUs } from '../help/call-us.tsx'
import type { LinkState } from '../link/link.ts'
import { phoneOf, useKioskWords } from '../now.tsx'

/** The terminal is away, or this page is not the live one. Nothing of the last screen stays. */
export function LinkScreen({
  state,
  site,
  onTakeOver,
}: {
  readonly state: LinkState
  readonly site: Site | undefined
  readonly onTakeOver: () => void
}): ReactNode {
  const { t } = useKioskWords()
  const what = state === 'away' || state === 'locked' ? state : 'lost'
  return (
    <main className="kiosk-link">
      <EmptyState
        icon={what === 'lost' ? 'clock' : 'info'}
        title={t(`kiosk.link.${what}`)}
        action={
          what === 'away' ? (
            <Button kind="main" size="big" onPress={onTakeOver}>
              {t('kiosk.link.away.use')}
            </Button>
          ) : (
            what === 'lost' && <Progress />
          )
        }
      >
        {t(`kiosk.link.${what}.hint`)}
      </EmptyState>
      <HelpWithout site={site} />
    </main>
  )
}

/** Law 17 with nobody behind the glass: whom to call, that nothing is lost, and a noise that people hear. */
function HelpWithout({ site }: { readonly site: Site | undefined }): ReactNode {
  const { t } = useKioskWords()
  const [sounding, setSounding] = useState(0)
  useEffect(() => {
    if (sounding === 0) return undefined
    const stop = startAlarm()
    const timer = setTimeout(stop, soundMs)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [sounding])
  return (
    <section className="kiosk-help kiosk-link-help" aria-label={t('help.title')}>
      <CallUs phone={site === undefined ? '' : phoneOf(site)} />
      {site?.place && (
        <p>
          {site.place.siteName}
          <br />
          {site.place.address}
        </p>
      )}
      <Button kind="danger" size="big" icon="warn" onPress={() => setSounding((times) => times + 1)}>
        {t('kiosk.emergency.sound')}
      </Button>
      {sounding > 0 && <p role="alert">{t('kiosk.emergency.away')}</p>}
      <p>{t('help.safe')}</p>
    </section>
  )
}
