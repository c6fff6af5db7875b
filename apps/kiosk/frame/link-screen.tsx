import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import type { LinkState } from '../link/link.ts'
import { useKioskWords } from '../now.tsx'

/** The terminal is away, or this page is not the live one. Nothing of the last screen stays. */
export function LinkScreen({
  state,
  onTakeOver,
}: {
  readonly state: LinkState
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
    </main>
  )
}
