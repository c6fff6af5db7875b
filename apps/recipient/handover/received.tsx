import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { Handovers } from '@holdfast/wire/http/access.ts'
import type { Client } from '../../kit/cloud/client.ts'
import { DoorLabel, Place } from '../../kit/phone/place.tsx'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'
import { OpenHere } from '../afar/open-here.tsx'
import { useAsked } from '../asked.ts'

/** Doors that somebody else's parcel waits behind, and this person may open. */
export function Received({ received, client }: Pick<Handovers, 'received'> & { readonly client: Client }): ReactNode {
  const { t } = useWords<RecipientId>()
  return (
    <section className="hf-stack" aria-labelledby="handed">
      <h2 id="handed">{t('recipient.handover.received')}</h2>
      {received.map(({ deposit, place, door, carrierName, trackingNumbers }) => (
        <article key={deposit} className="hf-card">
          <div className="waiting-where">
            <Place place={place} />
            <DoorLabel label={door.label} />
          </div>
          <p className="hf-muted hf-small hf-number">
            {t('recipient.parcels', { carrier: carrierName, numbers: trackingNumbers.join(', ') })}
          </p>
          {place.screenDead && (
            <OpenHere client={client} cabinet={place.cabinet} deposit={deposit} label={door.label} phone={null} />
          )}
        </article>
      ))}
    </section>
  )
}

/** Below one's own parcels, asked for once those are shown. */
export function HandedToMe({ client }: { readonly client: Client }): ReactNode {
  const { value } = useAsked(useCallback(() => client.get<Handovers>('/v1/recipient/handovers'), [client]))
  return value === undefined || value.received.length === 0 ? null : (
    <Received received={value.received} client={client} />
  )
}
