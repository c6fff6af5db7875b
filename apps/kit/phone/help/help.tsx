import type { ReactNode } from 'react'
import { Button } from '../../controls/ask/button.tsx'
import { Icon } from '../../controls/icon.tsx'
import { Sheet } from '../../controls/sheet.tsx'
import { useWords } from '../../words/use-words.tsx'
import type { PhoneId } from '../../words/phone/phone-id.ts'
import { AskOperator } from './ask-operator.tsx'
import { helpNumbers } from './numbers.ts'

/** The kiosk's own words: whom to call or to be called by, what to do in danger, and that nothing is lost. */
export function Help({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useWords<PhoneId>()
  const numbers = helpNumbers()
  return (
    <Sheet
      open
      title={t('help.title')}
      onClose={onClose}
      actions={
        <Button kind="main" size="big" onPress={onClose}>
          {t('control.close')}
        </Button>
      }
    >
      <div className="hf-stack">
        {numbers.map(({ place, phone }) => (
          <a key={place} className="hf-help-call" href={`tel:${phone}`}>
            <Icon name="phone" />
            <span>
              <strong>{t('help.call', { phone })}</strong>
              <span className="hf-muted">{place}</span>
            </span>
          </a>
        ))}
        {numbers.length === 0 && <p>{t('help.noNumber')}</p>}
        <AskOperator numbers={numbers} />
        <p>{t('help.safe')}</p>
      </div>
    </Sheet>
  )
}
