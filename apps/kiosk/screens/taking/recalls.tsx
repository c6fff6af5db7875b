import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { EmptyState } from '../../../kit/controls/tell/empty-state.tsx'
import { CabinetDrawing } from '../../../kit/drawing/cabinet-drawing.tsx'
import { DoorStage } from '../../frame/door-stage.tsx'
import { Page } from '../../frame/page.tsx'
import { useKioskWords, useNow } from '../../now.tsx'

/** What this courier has to take out, all doors lit at once; then one after the other. */
export function Recalls({ doors, problem }: ScreenOf<'recalls'>): ReactNode {
  const { t } = useKioskWords()
  const { site, show, send } = useNow()
  if (doors.length === 0) {
    return (
      <Page title={t('kiosk.recalls.none')} hint={t('kiosk.recalls.none.hint')} problem={problem} acts={<BackToScan />}>
        <EmptyState icon="check" title="" />
      </Page>
    )
  }
  return (
    <Page
      title={t('kiosk.recalls.title')}
      hint={t('kiosk.recalls.hint', { count: doors.length })}
      problem={problem}
      acts={
        <Button kind="main" size="big" icon="door" onPress={() => send({ kind: 'recall-next' })}>
          {t('kiosk.recalls.first')}
        </Button>
      }
    >
      <div className="door-stage">
        <CabinetDrawing layout={site.layout} doors={show.doors} alsoLit={doors} caption={false} />
      </div>
    </Page>
  )
}

export function RecallDoor(screen: ScreenOf<'recall-door'>): ReactNode {
  return <DoorStage screen={screen} acts={<RecallActs {...screen} />} />
}

function RecallActs({ phase, left }: ScreenOf<'recall-door'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  const reopen = (
    <Button kind={phase === 'stuck' ? 'main' : 'quiet'} size="big" icon="door" onPress={() => send({ kind: 'reopen' })}>
      {t('kiosk.deposit.reopen')}
    </Button>
  )
  if (phase === 'opening' || phase === 'open') return null
  if (phase === 'stuck') return reopen
  return (
    <>
      {left > 0 && (
        <Button kind="main" size="big" icon="door" onPress={() => send({ kind: 'recall-next' })}>
          {t('kiosk.recall.next')}
        </Button>
      )}
      <div className="page-pair">
        {reopen}
        {left === 0 ? <Finish /> : <BackToScan />}
      </div>
      {left === 0 && <BackToScan />}
    </>
  )
}

function Finish(): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Button kind="main" size="big" icon="check" onPress={() => send({ kind: 'finish' })}>
      {t('kiosk.scan.done')}
    </Button>
  )
}

export function BackToScan(): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Button size="big" onPress={() => send({ kind: 'back' })}>
      {t('kiosk.recall.back')}
    </Button>
  )
}
