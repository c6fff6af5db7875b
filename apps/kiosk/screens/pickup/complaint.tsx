import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { EmptyState } from '../../../kit/controls/tell/empty-state.tsx'
import { CabinetDrawing } from '../../../kit/drawing/cabinet-drawing.tsx'
import type { KioskId } from '../../../kit/words/kiosk/kiosk-words.ts'
import { Page } from '../../frame/page.tsx'
import { useKioskWords, useNow } from '../../now.tsx'

const complaints = ['stuck', 'empty', 'wrong-parcel', 'damaged', 'not-wanted'] as const
const hints: { readonly [What in (typeof complaints)[number]]?: KioskId } = {
  stuck: 'kiosk.complaint.stuck.hint',
  empty: 'kiosk.complaint.empty.hint',
}

/** Which door it is about stands between the question and its answers. */
export function Complaint({ compartment, problem }: ScreenOf<'complaint'>): ReactNode {
  const { t } = useKioskWords()
  const { site, show, send } = useNow()
  const button = (what: (typeof complaints)[number]): ReactNode => (
    <Button
      key={what}
      size="big"
      hint={t(hints[what] ?? 'kiosk.complaint.putBack.hint')}
      onPress={() => send({ kind: 'complain', what })}
    >
      {t(`kiosk.complaint.${what}`)}
    </Button>
  )
  return (
    <Page
      title={t('kiosk.complaint.title')}
      problem={problem}
      acts={
        <>
          {/* Two in a row: with controls low and large words five rows are higher than the reach. */}
          <div className="page-pair">{complaints.slice(0, 2).map(button)}</div>
          <div className="page-pair">{complaints.slice(2, 4).map(button)}</div>
          {complaints.slice(4).map(button)}
        </>
      }
    >
      <div className="door-stage">
        <CabinetDrawing layout={site.layout} doors={show.doors} lit={compartment} caption={false} />
      </div>
    </Page>
  )
}

/** Signed in by phone, and one parcel is settled: the phone opens the next door. */
export function PickupNext({ problem }: ScreenOf<'pickup-next'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Page
      title={t('kiosk.next.title')}
      hint={t('kiosk.next.hint')}
      problem={problem}
      acts={
        <Button kind="main" size="big" icon="check" onPress={() => send({ kind: 'finish' })}>
          {t('kiosk.finish')}
        </Button>
      }
    >
      <EmptyState icon="phone" title="" />
    </Page>
  )
}
