import './cabinet-page.css'
import { useMemo } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { CabinetView, CompartmentView } from '@holdfast/wire/http/cabinets.ts'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { CabinetDrawing } from '../../kit/drawing/cabinet-drawing.tsx'
import { Legend } from '../../kit/drawing/legend.tsx'
import type { DoorViews } from '../../kit/drawing/doors.ts'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useAlerts, useCabinet } from '../cloud/queries.ts'
import { isSettled, useRecent } from '../cloud/recent.ts'
import { clockWords, useNow } from '../desk/now.tsx'
import { replaceBy, to } from '../desk/route.ts'
import { Title } from '../desk/title.tsx'
import { Shown } from '../desk/shown.tsx'
import { useDesk } from '../desk/use-desk.ts'
import { FrontCard } from '../safety/front-card.tsx'
import { ReleaseCard } from '../safety/release-card.tsx'
import { AlertList } from '../overview/alerts/alert-list.tsx'
import { CabinetState } from '../overview/cabinet-table.tsx'
import { moveAmongDoors } from './door-keys.ts'
import { DoorPanel } from './door-panel.tsx'
import { DoorsToSee } from './doors-to-see.tsx'
import { FactTicker } from './fact-ticker.tsx'
import { Health } from './health.tsx'
import { Moving } from './moving.tsx'
import { Outages } from './outages/outages.tsx'
import { asLayout } from './parse-layout.ts'

interface CabinetPageProps {
  readonly cabinet: string
  /** The label in the address: A07. */
  readonly door: string | undefined
}

export function CabinetPage({ cabinet, door }: CabinetPageProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const asked = useCabinet(cabinet)
  return (
    <div className="op-cabinet">
      {asked.data === undefined && <Title>{t('operator.cabinet')}</Title>}
      <Shown asked={asked}>{(view) => <CabinetDesk view={view} door={door} />}</Shown>
    </div>
  )
}

/** What each door shows, by id. */
export const doorsOf = (compartments: readonly CompartmentView[]): DoorViews =>
  Object.fromEntries(compartments.map(({ id, use, door }) => [id, { occupancy: use, door }]))

function CabinetDesk({ view, door }: { readonly view: CabinetView; readonly door: string | undefined }): ReactNode {
  const words = useWords<OperatorId>()
  const { summary, compartments } = view
  const { cabinet, name, siteName, address } = summary
  const alerts = useAlerts()
  const chosen = compartments.find(({ label }) => label === door)
  const choose = (id: string): void => {
    const label = compartments.find((one) => one.id === id)?.label
    replaceBy(to.cabinet(cabinet, label === door ? undefined : label))
  }
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || door === undefined || document.querySelector('dialog[open]') !== null) return
    replaceBy(to.cabinet(cabinet))
  }
  return (
    <>
      <header className="op-page-head">
        <div>
          <Title tab={name}>{name}</Title>
          <p className="op-muted">
            {siteName} · {address}
          </p>
        </div>
        <CabinetState cabinet={summary} />
      </header>
      <Silence view={view} />
      <div className="op-cabinet-desk" onKeyDown={leave}>
        <Drawing view={view} chosen={chosen} onChoose={choose} />
        <div className="op-cabinet-side">
          {alerts.data && (
            <AlertList alerts={alerts.data.items.filter(({ place }) => place.cabinet === cabinet)} here />
          )}
          {chosen ? (
            <DoorPanel key={chosen.id} view={view} compartment={chosen} />
          ) : (
            <DoorsToSee cabinet={cabinet} compartments={compartments} />
          )}
          <ReleaseCard view={view} door={door} />
          <FrontCard view={view} />
        </div>
        <More view={view} />
      </div>
      {door !== undefined && chosen === undefined && (
        <Banner tone="note" title={words.t('operator.door.gone', { door })} />
      )}
    </>
  )
}

function More({ view }: { readonly view: CabinetView }): ReactNode {
  const { cabinet } = view.summary
  return (
    <div className="op-cabinet-more">
      <FactTicker cabinet={cabinet} />
      <Health view={view} />
      <Outages view={view} />
      <Moving cabinet={cabinet} />
    </div>
  )
}

/** A cabinet that does not speak is shown as it last spoke, and that is said. */
function Silence({ view }: { readonly view: CabinetView }): ReactNode {
  const words = useWords<OperatorId>()
  const now = useNow()
  const { enrolled, online, lastHeardAt } = view.summary
  if (online) return null
  if (!enrolled) {
    return (
      <Banner tone="note" title={words.t('operator.notEnrolled')}>
        {words.t('operator.notEnrolled.what')}
      </Banner>
    )
  }
  const time = lastHeardAt === null ? '—' : clockWords(lastHeardAt, now, words)
  return (
    <Banner tone="note" title={words.t('operator.asOf', { time })}>
      {words.t('operator.offline.what')}
    </Banner>
  )
}

interface DrawingProps {
  readonly view: CabinetView
  readonly chosen: CompartmentView | undefined
  readonly onChoose: (id: string) => void
}

function Drawing({ view, chosen, onChoose }: DrawingProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const { recent } = useDesk()
  const { orders } = useRecent(recent)
  const { summary, compartments } = view
  const layout = useMemo(() => asLayout(view.layout), [view.layout])
  const doors = doorsOf(compartments)
  // A door that is being acted on right now is the one that matters.
  const acting = orders.find((order) => order.cabinet === summary.cabinet && !isSettled(order.state))?.compartment
  return (
    <div className="op-cabinet-drawing" onKeyDown={moveAmongDoors}>
      <CabinetDrawing
        layout={layout}
        doors={doors}
        stale={!summary.online}
        onSelect={onChoose}
        caption={false}
        screenWord={t('operator.screen')}
        {...(chosen ? { selected: chosen.id } : {})}
        {...(acting === undefined || acting === null ? {} : { lit: acting })}
      />
      <Legend layout={layout} doors={doors} />
    </div>
  )
}
