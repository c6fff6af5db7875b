import type { ReactNode } from 'react'
import { Icon } from '../../controls/icon.tsx'
import { useWords } from '../../words/use-words.tsx'
import type { HelpNumber } from './numbers.ts'

/** Whom to call: what needs no network at all. */
export function CallNumbers({ numbers }: { readonly numbers: readonly HelpNumber[] }): ReactNode {
  const { t } = useWords()
  if (numbers.length === 0) return <p>{t('help.noNumber')}</p>
  return numbers.map(({ place, phone }) => (
    <a key={place} className="hf-help-call" href={`tel:${phone}`}>
      <Icon name="phone" />
      <span>
        <strong>{t('help.call', { phone })}</strong>
        <span className="hf-muted">{place}</span>
      </span>
    </a>
  ))
}
