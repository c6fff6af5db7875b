import './at-kiosk.css'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Banner } from '../../controls/tell/banner.tsx'
import { Button } from '../../controls/ask/button.tsx'
import { Field } from '../../controls/ask/field.tsx'
import { screenFormats } from '../../scan/scan.ts'
import { ScanView } from '../../scan/scan-view.tsx'
import { useWords } from '../../words/use-words.tsx'
import type { PhoneId } from '../../words/phone/phone-id.ts'
import { readKioskCode } from './kiosk-code.ts'
import type { KioskCode } from './kiosk-code.ts'

export interface FindKioskProps {
  readonly onFound: (code: KioskCode) => void
}

/** Reads the kiosk's QR by camera; where that fails, by the phone's own camera app or as pasted text. */
export function FindKiosk({ onFound }: FindKioskProps): ReactNode {
  const { t } = useWords<PhoneId>()
  const [other, setOther] = useState(false)
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const take = (typed: string, wrong: () => void): void => {
    const code = readKioskCode(typed)
    if (code) onFound(code)
    else wrong()
  }
  return (
    <>
      <p>{t('phone.kiosk.how')}</p>
      <ScanView active formats={screenFormats} onScan={(scan) => take(scan.text, () => setOther(true))} />
      {other && <Banner tone="note" title={t('phone.kiosk.otherCode')} />}
      <details className="hf-more">
        <summary>{t('phone.kiosk.noCamera')}</summary>
        <form
          className="hf-stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            take(text, () => setError(t('phone.kiosk.notOne')))
          }}
        >
          <Field
            label={t('phone.kiosk.link')}
            hint={t('phone.kiosk.ownCamera')}
            value={text}
            onChange={(typed) => {
              setText(typed)
              setError(undefined)
            }}
            {...(error === undefined ? {} : { error })}
          />
          <Button submit>{t('control.next')}</Button>
        </form>
      </details>
    </>
  )
}
