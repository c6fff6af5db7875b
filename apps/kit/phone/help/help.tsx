import type { ReactNode } from 'react'
import { Button } from '../../controls/ask/button.tsx'
import { Sheet } from '../../controls/sheet.tsx'
import { useWords } from '../../words/use-words.tsx'
import type { PhoneId } from '../../words/phone/phone-id.ts'
import { AskOperator } from './ask-operator.tsx'
import { CallNumbers } from './call-numbers.tsx'
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
        <CallNumbers numbers={numbers} />
        <AskOperator numbers={numbers} />
        <p>{t('help.safe')}</p>
      </div>
    </Sheet>
  )
}
