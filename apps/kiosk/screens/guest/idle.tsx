import type { ReactNode } from 'react'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import type { Site } from '@holdfast/wire/kiosk/show.ts'
import { Icon } from '../../../kit/controls/icon.tsx'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import { CabinetDrawing } from '../../../kit/drawing/cabinet-drawing.tsx'
import type { DoorViews } from '../../../kit/drawing/doors.ts'
import { labelOf, useKioskWords, useNow } from '../../now.tsx'
import { problemWords } from '../../problem-words.ts'
import { PhonePanel } from '../../frame/scan-panel.tsx'
import { FreeDoors } from './free-doors.tsx'

/** Nobody is here: where one is, what is free, and two big doors. */
export function Idle({ free, deposits, closedUntil, openDoor, qr }: ScreenOf<'idle'>): ReactNode {
  const { t, date, locale } = useKioskWords()
  const { site, show, send } = useNow()
  return (
    <>
      <div className="idle-head">
        <h1>{t('kiosk.idle.welcome')}</h1>
        <p>{site.place?.address}</p>
        {site.place && <p className="idle-kept">{t('kiosk.idle.kept', { hours: site.place.retentionHours })}</p>}
      </div>
      {openDoor === null ? (
        <>
          {deposits !== null && (
            <Banner tone="note" title={problemWords(deposits, locale)}>
              {closedUntil === undefined ? undefined : t('kiosk.idle.closedUntil', { at: date(closedUntil) })}
            </Banner>
          )}
          {qr === undefined ? (
            <>
              <Portrait layout={site.layout} />
              <FreeDoors free={free} />
            </>
          ) : (
            <div className="page-body">
              <PhonePanel title={t('kiosk.qr.only')} qr={qr} large />
            </div>
          )}
        </>
      ) : (
        <div className="page-body door-stage">
          <Banner tone="act" title={t('kiosk.idle.openDoor', { label: labelOf(site, openDoor) })} />
          <CabinetDrawing layout={site.layout} doors={doorsAlone(show.doors)} lit={openDoor} />
        </div>
      )}
      <div className="idle-doors" data-touch={qr === undefined}>
        <button type="button" className="idle-door idle-door-main" onClick={() => send({ kind: 'pick-up' })}>
          <Icon name="parcel" size="3.4em" />
          <strong>{t('kiosk.idle.pickUp')}</strong>
          <span>{t('kiosk.idle.pickUp.hint')}</span>
        </button>
        <button type="button" className="idle-door" onClick={() => send({ kind: 'deliver' })}>
          <Icon name="door" size="3.4em" />
          <strong>{t('kiosk.idle.deliver')}</strong>
          <span>{t('kiosk.idle.deliver.hint')}</span>
        </button>
      </div>
    </>
  )
}

/** What doors hold is nobody's business on an idle screen. */
const doorsAlone = (doors: DoorViews): DoorViews =>
  Object.fromEntries(Object.entries(doors).map(([id, { door }]) => [id, { door }] as const))

/** The cabinet as it stands here: all its doors look alike. */
function Portrait({ layout }: Pick<Site, 'layout'>): ReactNode {
  const doors = Object.fromEntries(
    layout.compartments.map(({ id }) => [id, { occupancy: 'free', door: 'shut' }] as const),
  )
  return (
    <div className="idle-portrait" aria-hidden="true">
      <CabinetDrawing layout={layout} doors={doors} />
    </div>
  )
}
