import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import { EmptyState } from '../../../kit/controls/tell/empty-state.tsx'
import { CabinetDrawing } from '../../../kit/drawing/cabinet-drawing.tsx'
import { DoorStage } from '../../frame/door-stage.tsx'
import { Page } from '../../frame/page.tsx'
import { useKioskWords, useNow } from '../../now.tsx'
import { BackToScan } from './recalls.tsx'

/** Doors that nobody is sure about, all lit at once; then one after the other. */
export function Looks({ doors, problem }: ScreenOf<'looks'>): ReactNode {
  const { t } = useKioskWords()
  const { site, show, send } = useNow()
  if (doors.length === 0) {
    return (
      <Page title={t('kiosk.looks.none')} hint={t('kiosk.recalls.none.hint')} problem={problem} acts={<BackToScan />}>
        <EmptyState icon="check" title="" />
      </Page>
    )
  }
  return (
    <Page
      title={t('kiosk.looks.title')}
      hint={t('kiosk.looks.hint', { count: doors.length })}
      problem={problem}
      acts={
        <Button kind="main" size="big" icon="door" onPress={() => send({ kind: 'look-next' })}>
          {t('kiosk.looks.next')}
        </Button>
      }
    >
      <div className="door-stage">
        <CabinetDrawing layout={site.layout} doors={show.doors} alsoLit={doors} caption={false} />
      </div>
    </Page>
  )
}

/** What is behind it is the courier's word; against the sensor it counts with a picture (law 16). */
export function LookDoor(screen: ScreenOf<'look-door'>): ReactNode {
  const { t } = useKioskWords()
  const { phase, picture } = screen
  return (
    <DoorStage screen={screen} acts={<LookActs {...screen} />}>
      {picture && <Banner tone="safe" title={t('kiosk.look.picture')} />}
      {phase === 'open' && !picture && <Banner tone="note" title={t('kiosk.look.lies')} />}
    </DoorStage>
  )
}

function LookActs({ phase, picture }: ScreenOf<'look-door'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  if (phase === 'opening') return null
  const leave = (
    <Button size="big" onPress={() => send({ kind: 'back' })}>
      {t('kiosk.look.leave')}
    </Button>
  )
  return (
    <>
      {(phase === 'shut' || picture) && <Words />}
      {phase === 'open' ? (
        leave
      ) : (
        <div className="page-pair">
          <Button
            kind={phase === 'stuck' ? 'main' : 'quiet'}
            size="big"
            icon="door"
            onPress={() => send({ kind: 'reopen' })}
          >
            {t('kiosk.deposit.reopen')}
          </Button>
          {leave}
        </div>
      )}
    </>
  )
}

/** Neither is the likely one: both are told in the same way. */
function Words(): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <div className="page-pair">
      <Button kind="main" size="big" icon="check" onPress={() => send({ kind: 'look-empty' })}>
        {t('kiosk.look.empty')}
      </Button>
      <Button kind="main" size="big" icon="parcel" onPress={() => send({ kind: 'look-parcel' })}>
        {t('kiosk.look.parcel')}
      </Button>
    </div>
  )
}
