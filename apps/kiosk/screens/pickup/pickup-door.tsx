import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import { Progress } from '../../../kit/controls/tell/progress.tsx'
import { DoorStage } from '../../frame/door-stage.tsx'
import { CallUs } from '../../help/call-us.tsx'
import { phoneOf, useKioskWords, useNow } from '../../now.tsx'

export function PickupDoor(screen: ScreenOf<'pickup-door'>): ReactNode {
  const { phase, putBack } = screen
  if (phase === 'shut' && putBack === null) return <DoorStage screen={screen} acts={<Settle {...screen} />} />
  if (phase === 'stuck') {
    return (
      <DoorStage screen={screen} acts={screen.mayReopen ? <Retry /> : undefined}>
        <OtherWays mayRetry={screen.mayReopen} />
      </DoorStage>
    )
  }
  return <DoorStage screen={screen} acts={phase === 'open' && putBack === null ? <Wrong /> : undefined} />
}

function Settle({ mayReopen, lowDoors }: ScreenOf<'pickup-door'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <>
      <Button kind="main" size="big" icon="check" onPress={() => send({ kind: 'all-good' })}>
        {t('kiosk.pickup.allGood')}
      </Button>
      <div className="page-pair">
        <Button size="big" icon="door" disabled={!mayReopen} onPress={() => send({ kind: 'reopen' })}>
          {t('kiosk.pickup.openAgain')}
        </Button>
        <Wrong />
      </div>
      {lowDoors !== undefined && <LowDoors lowDoors={lowDoors} />}
    </>
  )
}

/** The recipient's own wish for whatever comes; the code has shown whose it is. */
function LowDoors({ lowDoors }: { readonly lowDoors: NonNullable<ScreenOf<'pickup-door'>['lowDoors']> }): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  if (lowDoors === 'asking') return <Progress label={t('kiosk.lowDoors.asking')} />
  if (lowDoors === 'kept') return <Banner tone="safe" title={t('kiosk.lowDoors.kept')} />
  return (
    <>
      {lowDoors === 'failed' && <Banner tone="note" title={t('kiosk.lowDoors.failed')} />}
      <Button onPress={() => send({ kind: 'all-low-doors' })}>{t('kiosk.lowDoors')}</Button>
    </>
  )
}

function Wrong(): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Button size="big" icon="warn" onPress={() => send({ kind: 'wrong' })}>
      {t('kiosk.pickup.wrong')}
    </Button>
  )
}

/** A door that stays shut leaves nobody alone with it: whom to call, and that nothing is used up. */
function OtherWays({ mayRetry }: { readonly mayRetry: boolean }): ReactNode {
  const { t } = useKioskWords()
  const { site, show } = useNow()
  return (
    <section className="hf-card" aria-label={t('kiosk.pickup.stuck.ways')}>
      <CallUs phone={phoneOf(site)} />
      <p>{t(mayRetry ? 'kiosk.pickup.stuck.kept' : 'kiosk.pickup.stuck.later')}</p>
      <p>{t(show.online ? 'kiosk.pickup.stuck.told' : 'kiosk.pickup.stuck.toldLater')}</p>
    </section>
  )
}

function Retry(): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  return (
    <Button kind="main" size="big" icon="repeat" onPress={() => send({ kind: 'reopen' })}>
      {t('kiosk.pickup.retry')}
    </Button>
  )
}
