import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import { DoorStage } from '../../frame/door-stage.tsx'
import { labelOf, useKioskWords, useNow } from '../../now.tsx'
import { Missed } from './missed.tsx'
import { NumberSheet } from './number-sheet.tsx'
import { ParcelBox } from './parcel-box.tsx'

/** The very door: put in, push shut; the next scan confirms. */
export function DepositDoor(screen: ScreenOf<'deposit-door'>): ReactNode {
  const { t } = useKioskWords()
  const { site } = useNow()
  const { parcel, instead, parcels, reference } = screen
  return (
    <DoorStage screen={screen} alsoShut={screen.alsoShut} acts={<Acts {...screen} />}>
      {instead !== null && <Banner tone="note" title={t('kiosk.deposit.instead', { label: labelOf(site, instead) })} />}
      {screen.low === true && screen.phase !== 'shut' && <Banner tone="note" title={t('kiosk.deposit.low')} />}
      <Missed doors={screen.missed} />
      {parcel !== null && <ParcelBox parcel={parcel} ask={!screen.cancelling && screen.phase !== 'opening'} />}
      {parcels > 1 && <p>{t('kiosk.deposit.parcels', { count: parcels })}</p>}
      {reference !== undefined && <p>{t('kiosk.deposit.reference', { reference })}</p>}
    </DoorStage>
  )
}

function Acts(screen: ScreenOf<'deposit-door'>): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  const { phase, bigger, lower, cancelling } = screen
  if (phase === 'opening') return null
  if (cancelling) {
    return (
      phase !== 'open' && (
        <Button kind="main" size="big" icon="door" onPress={() => send({ kind: 'cancel' })}>
          {t('kiosk.deposit.reopen')}
        </Button>
      )
    )
  }
  return (
    <>
      <div className="page-row">
        {phase === 'stuck' ? (
          <Button kind="main" size="big" icon="door" onPress={() => send({ kind: 'again' })}>
            {t('kiosk.deposit.another')}
          </Button>
        ) : (
          bigger && <Button onPress={() => send({ kind: 'bigger' })}>{t('kiosk.deposit.bigger')}</Button>
        )}
        {lower === true && phase !== 'stuck' && (
          <Button onPress={() => send({ kind: 'low-door' })}>{t('kiosk.deposit.lower')}</Button>
        )}
        {phase !== 'open' && <Button onPress={() => send({ kind: 'reopen' })}>{t('kiosk.deposit.reopen')}</Button>}
        {phase === 'open' && (
          <Button icon="warn" onPress={() => send({ kind: 'will-not-shut' })}>
            {t('kiosk.deposit.willNotShut')}
          </Button>
        )}
        <Button onPress={() => send({ kind: 'cancel' })}>{t('kiosk.deposit.cancel')}</Button>
      </div>
      {phase === 'shut' && <ShutActs waiting={screen.waiting} />}
    </>
  )
}

function ShutActs({ waiting }: { readonly waiting: boolean }): ReactNode {
  const { t } = useKioskWords()
  const { send } = useNow()
  const [typing, setTyping] = useState(false)
  return (
    <div className="page-pair">
      <Button size="big" onPress={() => setTyping(true)}>
        {t('kiosk.scan.type')}
      </Button>
      <Button kind="main" size="big" icon="check" busy={waiting} onPress={() => send({ kind: 'finish' })}>
        {t('kiosk.scan.done')}
      </Button>
      <NumberSheet open={typing} onClose={() => setTyping(false)} onDone={(text) => send({ kind: 'number', text })} />
    </div>
  )
}
