import { useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Icon } from '../../../kit/controls/icon.tsx'
import { Mark } from '../../../kit/drawing/mark.tsx'
import type { MarkName } from '../../../kit/drawing/mark.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { onListKeys } from '../../desk/frame/list-keys.ts'
import { Moment } from '../../desk/now.tsx'
import { to } from '../../desk/route.ts'
import { mayAct, useDesk } from '../../desk/use-desk.ts'
import { AlertWords } from './alert-words.tsx'
import { AcknowledgeSheet } from './acknowledge-sheet.tsx'
import { CallBackSheet } from './call-back-sheet.tsx'

const marks: Readonly<Record<Alert['kind'], MarkName>> = {
  emergency: 'stuck',
  'large-door-shut': 'suspect',
  'door-will-not-shut': 'stuck',
  'kiosk-away': 'stale',
  'scanner-away': 'stale',
  'door-left-open': 'open',
  'opened-without-cause': 'stuck',
  'door-did-not-open': 'stuck',
  'cabinet-offline': 'stale',
  'digest-mismatch': 'suspect',
  'journal-forked': 'stuck',
  'journal-trouble': 'suspect',
  'not-mine': 'suspect',
  'parcel-of-nobody': 'suspect',
  'in-doubt': 'suspect',
  'help-asked': 'suspect',
  'shut-in-told': 'stuck',
}

/** At the cabinet or by phone: it stands above every screen. */
export const isEmergency = ({ kind }: Pick<Alert, 'kind'>): boolean => kind === 'emergency' || kind === 'shut-in-told'

/** Open ones; an emergency stands above all, then those that nobody has taken on, the oldest on top. */
export const inNeed = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts
    .filter(({ endedAt }) => endedAt === null)
    .sort(
      (a, b) =>
        Number(isEmergency(b)) - Number(isEmergency(a)) ||
        Number(a.acknowledgedAt !== null) - Number(b.acknowledgedAt !== null) ||
        a.raisedAt - b.raisedAt,
    )

interface AlertListProps {
  readonly alerts: readonly Alert[]
  /** On the cabinet's own page its name goes without saying. */
  readonly here?: boolean
}

export function AlertList({ alerts, here = false }: AlertListProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [asked, ask] = useState<Alert>()
  const [called, call] = useState<Alert>()
  const open = inNeed(alerts)
  if (open.length === 0) {
    return here ? null : (
      <p className="op-calm">
        <Icon name="check" /> {t('operator.alerts.none')}
      </p>
    )
  }
  return (
    <>
      <ul className="op-alerts" onKeyDown={onListKeys}>
        {open.map((alert) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            here={here}
            onAcknowledge={() => ask(alert)}
            onCall={() => call(alert)}
          />
        ))}
      </ul>
      <AcknowledgeSheet alert={asked} onClose={() => ask(undefined)} />
      <CallBackSheet alert={called} onClose={() => call(undefined)} />
    </>
  )
}

interface AlertRowProps {
  readonly alert: Alert
  readonly here: boolean
  readonly onAcknowledge: () => void
  readonly onCall: () => void
}

function AlertRow({ alert, here, onAcknowledge, onCall }: AlertRowProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const { kind, place, door, acknowledgedAt, acknowledgedBy } = alert
  const taken = acknowledgedAt !== null
  const isAsked = alert.asker !== undefined
  // Whoever sees the number to call is on it.
  const canTake = !taken && !isAsked && mayAct(me)
  const hearKey = (event: KeyboardEvent): void => {
    if (event.key !== 'a' || event.ctrlKey || event.metaKey || !canTake) return
    event.preventDefault()
    onAcknowledge()
  }
  return (
    <li data-line="" data-taken={taken} onKeyDown={hearKey}>
      <svg className="op-row-mark" viewBox="0 0 24 24" aria-hidden="true">
        <Mark name={marks[kind]} />
      </svg>
      <div className="op-alert-words">
        <a data-row="" href={to.cabinet(place.cabinet, door?.label)}>
          <AlertWords alert={alert} />
        </a>
        {!here && (
          <span className="op-muted">
            {place.name} · {place.address}
          </span>
        )}
      </div>
      <span className="op-alert-when">
        <Moment at={alert.raisedAt} />
      </span>
      <span className="op-alert-act">
        {taken && <span className="op-muted">{t('operator.alerts.takenBy', { name: acknowledgedBy ?? '—' })}</span>}
        {isAsked && mayAct(me) && (
          <Button size="small" icon="phone" onPress={onCall}>
            {t('operator.callBack')}
          </Button>
        )}
        {canTake && (
          <Button size="small" onPress={onAcknowledge}>
            {t('operator.alerts.take')}
          </Button>
        )}
      </span>
    </li>
  )
}
