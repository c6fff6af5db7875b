import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../controls/icon.tsx'
import { useWords } from '../words/use-words.tsx'
import type { PhoneId } from '../words/phone/phone-id.ts'
import { keepNumber } from './help/numbers.ts'

export interface PlaceProps {
  readonly place: {
    readonly cabinet: string
    readonly siteName: string
    readonly name: string
    readonly address: string
    readonly phone?: string
    readonly directions?: string
    readonly addressAlias?: string
    readonly screenDead?: true
    readonly scannerDead?: true
  }
}

/** Where a cabinet stands, as people look for it. */
export function Place({ place }: PlaceProps): ReactNode {
  const { t } = useWords<PhoneId>()
  const { cabinet, siteName, phone } = place
  useEffect(() => {
    if (phone !== undefined) keepNumber({ cabinet, place: siteName, phone })
  }, [cabinet, siteName, phone])
  const alone = place.name === place.siteName
  return (
    <address className="hf-place">
      <strong>{alone ? place.siteName : `${place.siteName} · ${place.name}`}</strong>
      <span className="hf-muted">{place.address}</span>
      {place.addressAlias !== undefined && <span className="hf-muted">{place.addressAlias}</span>}
      {place.directions !== undefined && <span>{place.directions}</span>}
      {place.screenDead && (
        <span className="hf-place-dead">
          <Icon name="warn" />
          {t('phone.screenDead')}
        </span>
      )}
      {place.scannerDead && !place.screenDead && (
        <span className="hf-place-dead">
          <Icon name="warn" />
          {t('phone.scannerDead')}
        </span>
      )}
    </address>
  )
}

/** A door's label, drawn as the plate on the door. */
export function DoorLabel({ label }: { readonly label: string }): ReactNode {
  const { t } = useWords<PhoneId>()
  return (
    <span className="hf-door">
      <span className="hf-hidden">{t('phone.door', { label })}</span>
      <span aria-hidden="true">{label}</span>
    </span>
  )
}
