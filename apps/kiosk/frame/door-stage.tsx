import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { CabinetDrawing } from '../../kit/drawing/cabinet-drawing.tsx'
import { labelOf, useKioskWords, useNow } from '../now.tsx'
import { doorWords } from '../voice-line.ts'
import { Page } from './page.tsx'

export interface DoorStageProps {
  readonly screen: ScreenOf<'pickup-door' | 'deposit-door' | 'recall-door' | 'undo-door' | 'look-door'>
  /** Doors left behind that should be shut too. */
  readonly alsoShut?: readonly string[]
  readonly children?: ReactNode
  readonly acts?: ReactNode
}

/** The door that matters now: its words above, the cabinet with it lit, what can be done below. */
export function DoorStage({ screen, alsoShut = [], children, acts }: DoorStageProps): ReactNode {
  const words = useKioskWords()
  const { site, show } = useNow()
  const { title, hint } = doorWords(screen, site, words)
  const labels = alsoShut.map((id) => labelOf(site, id)).join(words.t('place.join'))
  return (
    <Page title={title} hint={hint} problem={screen.problem} acts={acts}>
      <div className="door-stage" data-phase={screen.phase}>
        {children}
        {labels !== '' && <Banner tone="act" title={words.t('kiosk.door.alsoShut', { labels })} />}
        <CabinetDrawing
          layout={site.layout}
          doors={show.doors}
          lit={screen.compartment}
          alsoLit={alsoShut}
          caption={false}
        />
      </div>
    </Page>
  )
}
