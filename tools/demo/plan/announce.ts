import { cabinets, labels, recipients } from './people.ts'
import type { Kept } from './secrets.ts'

/** Tells the cloud of the parcels on the demo's labels, as the carrier's system would; again is the same. */
export async function announceLabels({ apiKey, ports }: Pick<Kept, 'apiKey' | 'ports'>): Promise<void> {
  for (const { trackingNumber, announced } of labels) {
    if (announced === undefined) continue
    const { phone, locale } = recipients[announced.recipient]
    const cabinet = announced.cabinet === undefined ? {} : { cabinet: cabinets[announced.cabinet].id }
    const body = { trackingNumber, recipient: { phone, locale }, size: announced.size, ...cabinet }
    await fetch(`http://127.0.0.1:${ports.cloud}/v1/parcels`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': `demo-label-${trackingNumber}`,
      },
      body: JSON.stringify(body),
    })
  }
}
