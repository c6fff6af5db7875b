import type { ReactNode } from 'react'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import { Sheet } from '../../../kit/controls/sheet.tsx'
import { AlertWords } from './alert-words.tsx'

interface AlertSheetProps {
  readonly alert: Alert | undefined
  readonly title: string
  readonly onClose: () => void
  readonly children: (alert: Alert) => ReactNode
}

/** A sheet about one alert: what and where it is stands above whatever is done about it. */
export function AlertSheet({ alert, title, onClose, children }: AlertSheetProps): ReactNode {
  return (
    <Sheet open={alert !== undefined} title={title} onClose={onClose}>
      {alert && (
        <div className="op-form" key={alert.id}>
          <p>
            <strong>
              <AlertWords alert={alert} />
            </strong>{' '}
            · {alert.place.name}
          </p>
          {children(alert)}
        </div>
      )}
    </Sheet>
  )
}
