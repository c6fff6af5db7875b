import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { DoorStage } from '../../frame/door-stage.tsx'
import { useKioskWords, useNow } from '../../now.tsx'

/** The last parcel comes out again. Only the courier's word at the shut door frees it. */
export function UndoDoor(screen: ScreenOf<'undo-door'>): ReactNode {
  return <DoorStage screen={screen} acts={<UndoActs {...screen} />} />
}

function UndoActs({ phase }: ScreenOf<'undo-door'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  if (phase === 'opening' || phase === 'open') return null
  const keep = (
    <Button size="big" icon="parcel" onPress={() => send({ kind: 'undo-keep' })}>
      {t('kiosk.undo.keep')}
    </Button>
  )
  const reopen = (
    <Button kind={phase === 'stuck' ? 'main' : 'quiet'} size="big" icon="door" onPress={() => send({ kind: 'reopen' })}>
      {t('kiosk.deposit.reopen')}
    </Button>
  )
  return (
    <>
      {phase === 'shut' && (
        <Button kind="main" size="big" icon="check" onPress={() => send({ kind: 'undo-empty' })}>
          {t('kiosk.undo.empty')}
        </Button>
      )}
      <div className="page-pair">
        {reopen}
        {keep}
      </div>
    </>
  )
}
