import { useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Client } from '../../kit/cloud/client.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { kioskRoute, readKioskCode } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { Page } from '../../kit/phone/page.tsx'
import { replaceBy } from '../../kit/phone/route.ts'
import { ScanView } from '../../kit/scan/scan-view.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { ScanRow } from './scan-row.tsx'
import type { Scans } from './scans.ts'
import { TakePicture } from './take-picture.tsx'

/** Parcels into the open session: by camera, or typed. What comes of each shows on the kiosk's screen. */
export function ScansPage({ scans, client }: { readonly scans: Scans; readonly client: Client }): ReactNode {
  const { t } = useWords<CourierId>()
  const list = useSyncExternalStore(scans.subscribe, scans.list)
  const read = (text: string): void => {
    // The kiosk's own QR in between: a new session, not a parcel.
    const kiosk = readKioskCode(text)
    if (kiosk) replaceBy(kioskRoute(kiosk))
    else {
      if (text !== list[0]?.text) feel()
      scans.read(text.slice(0, 300))
    }
  }
  return (
    <Page title={t('courier.scanParcels')} back="">
      <ScanView active onScan={(scan) => read(scan.text)} />
      <TypedNumber onSend={scans.typed} />
      {list.length === 0 ? (
        <p className="hf-muted">{t('courier.scan.how')}</p>
      ) : (
        <section aria-labelledby="scans">
          <h2 id="scans" className="hf-hidden">
            {t('courier.scan.list')}
          </h2>
          <ul className="hf-stack">
            {list.map((scan, index) => (
              <ScanRow key={scan.key} scan={scan} scans={scans} latest={index === 0} />
            ))}
          </ul>
        </section>
      )}
      <TakePicture client={client} />
    </Page>
  )
}

/** The field is emptied only because the number stands in the list below from then on. */
function TypedNumber({ onSend }: { readonly onSend: (text: string) => void }): ReactNode {
  const { t } = useWords<CourierId>()
  const [typed, setTyped] = useState('')
  return (
    <form
      className="scan-entry"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() === '') return
        onSend(typed.trim())
        setTyped('')
      }}
    >
      <Field label={t('courier.scan.type')} value={typed} onChange={setTyped} autoComplete="off" maxLength={64} />
      <Button submit kind="main" disabled={typed.trim() === ''}>
        {t('courier.scan.send')}
      </Button>
    </form>
  )
}

/** Gloves and sun: the hand feels that the label was read. Browsers complain before the first touch. */
function feel(): void {
  if ('vibrate' in navigator && navigator.userActivation.hasBeenActive) navigator.vibrate(40)
}
