import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { replaceBy } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

/** A nonce is burnt by a wrong number and gone after a minute and a half: then only the screen helps. */
export function AgainButton(): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <Button kind="main" size="big" icon="camera" onPress={() => replaceBy('scan')}>
      {t('phone.kiosk.again')}
    </Button>
  )
}
