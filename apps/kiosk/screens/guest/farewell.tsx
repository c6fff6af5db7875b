import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { EmptyState } from '../../../kit/controls/tell/empty-state.tsx'
import { CallUs } from '../../help/call-us.tsx'
import { phoneOf, useKioskWords, useNow } from '../../now.tsx'

/** What was done, said once; then the screen is everybody's again. */
export function Farewell({ outcome, delivered, takenOut }: ScreenOf<'farewell'>): ReactNode {
  const { t } = useKioskWords()
  const { site } = useNow()
  const isOpen = outcome === 'disputed' || outcome === 'stuck'
  return (
    <div className="notice" data-tone={isOpen || outcome === 'nothing' ? 'note' : 'safe'}>
      <EmptyState icon={isOpen ? 'info' : 'check'} title={t(`kiosk.farewell.${outcome}`)}>
        {outcome === 'delivered' ? (
          <>
            {delivered > 0 && <p>{t('kiosk.farewell.delivered.count', { delivered })}</p>}
            {takenOut > 0 && <p>{t('kiosk.farewell.takenOut.count', { takenOut })}</p>}
          </>
        ) : (
          <>
            <p>{t(`kiosk.farewell.${outcome}.hint`)}</p>
            {isOpen && <CallUs phone={phoneOf(site)} />}
          </>
        )}
      </EmptyState>
    </div>
  )
}

/** Before the cloud's first word, or with a disk that takes nothing: what is true, and whom to call. */
export function Unready({ why }: ScreenOf<'unready'>): ReactNode {
  const { t } = useKioskWords()
  const { site } = useNow()
  return (
    <div className="notice" data-tone={why === 'journal-failing' ? 'danger' : 'note'}>
      <EmptyState icon={why === 'journal-failing' ? 'halt' : 'clock'} title={t(`kiosk.unready.${why}`)}>
        {t(`kiosk.unready.${why}.hint`)}
        {why === 'journal-failing' && <CallUs phone={phoneOf(site)} />}
      </EmptyState>
    </div>
  )
}
