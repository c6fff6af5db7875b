import type { ReactNode } from 'react'
import { Keypad } from '../../controls/ask/keypad.tsx'
import { CodeDisplay } from '../../controls/tell/code-display.tsx'
import { useWords } from '../../words/use-words.tsx'
import type { PhoneId } from '../../words/phone/phone-id.ts'
import './at-kiosk.css'

export interface TwoDigitsProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** The number beside the kiosk's QR. It proves that this phone stands before that screen (law "Access"). */
export function TwoDigits({ value, onChange }: TwoDigitsProps): ReactNode {
  const { t } = useWords<PhoneId>()
  return (
    <section className="hf-two-digits">
      <h2>{t('phone.twoDigits')}</h2>
      <CodeDisplay digits={value} length={2} entry />
      <Keypad value={value} onChange={onChange} length={2} />
    </section>
  )
}
