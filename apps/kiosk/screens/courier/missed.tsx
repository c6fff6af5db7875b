import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import { labelOf, useKioskWords, useNow } from '../../now.tsx'

/** Whom no message reaches, said while the courier is still here and can ask for the right number. */
export function Missed({ doors }: { readonly doors: ScreenOf<'scan'>['missed'] }): ReactNode {
  const { t } = useKioskWords()
  const { site } = useNow()
  if (doors.length === 0) return null
  const labels = doors.map((id) => labelOf(site, id)).join(t('place.join'))
  return (
    <Banner tone="act" title={t('kiosk.missed.title', { labels })}>
      {t('kiosk.missed.do')}
    </Banner>
  )
}
