import './safety.css'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { startAlarm } from '../../kit/alarm.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { useAlerts } from '../cloud/queries.ts'
import { to } from '../desk/route.ts'
import { isEmergency } from '../overview/alerts/alert-list.tsx'
import { AlertWords } from '../overview/alerts/alert-words.tsx'

/** Above every screen while help is called anywhere; sounds until somebody has taken it on, or it is silenced. */
export function EmergencyBar(): ReactNode {
  const { t } = useWords<OperatorId>()
  const [silent, setSilent] = useState(false)
  const alerts = useAlerts().data?.items ?? []
  const going = alerts.filter((alert) => isEmergency(alert) && alert.endedAt === null)
  const sounds = !silent && going.some(({ acknowledgedAt }) => acknowledgedAt === null)
  useEffect(() => (sounds ? startAlarm(0.3) : undefined), [sounds])
  const none = going.length === 0
  useEffect(() => {
    if (none) setSilent(false)
  }, [none])
  // One sound, so one button, on the first of them.
  const silence = sounds && (
    <Button size="small" onPress={() => setSilent(true)}>
      {t('operator.emergency.silence')}
    </Button>
  )
  if (none) return null
  return (
    <div className="op-emergencies">
      {going.map((alert, i) => (
        <Banner
          key={alert.id}
          tone="danger"
          title={t('operator.emergency.at', { name: alert.place.name })}
          action={i === 0 && silence}
        >
          <a href={to.cabinet(alert.place.cabinet)}>{t('operator.emergency.look')}</a> · {alert.place.address}
          {alert.asker !== undefined && (
            <p>
              <AlertWords alert={alert} />
            </p>
          )}
        </Banner>
      ))}
    </div>
  )
}
