import type { ReactNode } from 'react'
import type { RecipientParcel } from '@holdfast/wire/http/parcels.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'

/** What was: one line each, newest first; what has not quite ended stands above. */
export function Past({ parcels }: { readonly parcels: readonly RecipientParcel[] }): ReactNode {
  const { t, date } = useWords<RecipientId>()
  const newest = [...parcels].sort(
    (a, b) => (b.endedAt ?? Number.MAX_SAFE_INTEGER) - (a.endedAt ?? Number.MAX_SAFE_INTEGER),
  )
  return (
    <section aria-labelledby="past">
      <h2 id="past">{t('recipient.past')}</h2>
      <ul className="hf-stack past-list">
        {newest.map((parcel) => (
          <li key={parcel.id} className="past">
            <span className="past-line">
              <strong>{t(`recipient.state.${parcel.state}`)}</strong>
              {parcel.endedAt !== null && <span className="hf-muted">{date(parcel.endedAt, 'moment')}</span>}
            </span>
            <span className="hf-muted hf-small hf-number">
              {t('recipient.parcels', { carrier: parcel.carrierName, numbers: parcel.trackingNumber })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
