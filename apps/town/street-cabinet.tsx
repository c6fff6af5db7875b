import type { TownCabinet, TownDoor, TownState } from '@holdfast/wire/town/town.ts'
import { useState, type ReactNode } from 'react'
import { Button } from '../kit/controls/ask/button.tsx'
import { CabinetDrawing } from '../kit/drawing/cabinet-drawing.tsx'
import type { DoorViews } from '../kit/drawing/doors.ts'
import type { TownId } from '../kit/words/town/town-words.ts'
import { useWords } from '../kit/words/use-words.tsx'
import { DoorHands } from './door-hands.tsx'
import { ScannerHands } from './scanner-hands.tsx'
import { askTown } from './use-town.ts'

interface StreetCabinetProps {
  readonly cabinet: TownCabinet
  readonly labels: TownState['labels']
}

/** One cabinet as metal: what a passer-by sees and may touch. What is believed inside is the operator's page. */
export function StreetCabinet({ cabinet, labels }: StreetCabinetProps): ReactNode {
  const words = useWords<TownId>()
  const [chosen, choose] = useState<string>()
  const door = cabinet.doors.find(({ compartment }) => compartment === chosen)
  return (
    <section className="town-cabinet" aria-label={cabinet.name}>
      <header>
        <h2>{cabinet.name}</h2>
        <p>
          {cabinet.address} · {cabinet.board}
        </p>
        <div className="town-row">
          {cabinet.kioskUrl !== null && (
            <a className="town-kiosk" href={cabinet.kioskUrl} target="_blank" rel="noreferrer">
              {words.t('town.openKiosk')}
            </a>
          )}
          <Button
            size="small"
            pressed={cabinet.uplinkCut}
            onPress={() => void askTown('uplink', { cabinet: cabinet.key, cut: !cabinet.uplinkCut })}
          >
            {words.t(cabinet.uplinkCut ? 'town.mend' : 'town.cut')}
          </Button>
        </div>
      </header>
      <CabinetDrawing
        layout={cabinet.layout}
        doors={viewsOf(cabinet.doors)}
        {...(chosen === undefined ? {} : { selected: chosen })}
        onSelect={choose}
        caption={false}
      />
      <div className="town-hands">
        {door === undefined ? <p>{words.t('town.chooseDoor')}</p> : <DoorHands cabinet={cabinet.key} door={door} />}
        <ScannerHands cabinet={cabinet.key} labels={labels} />
      </div>
    </section>
  )
}

function viewsOf(doors: readonly TownDoor[]): DoorViews {
  return Object.fromEntries(
    doors.map(({ compartment, leaf, hook, things, jammed }) => [
      compartment,
      {
        occupancy: things.length > 0 ? 'loaded' : 'free',
        door: jammed ? 'stuck' : leaf !== 'shut' ? 'open' : hook === 'released' ? 'unlatched' : 'shut',
      },
    ]),
  )
}
