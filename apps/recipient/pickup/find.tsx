import type { ReactNode } from 'react'
import { FindKiosk } from '../../kit/phone/at-kiosk/find-kiosk.tsx'
import { kioskRoute } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { Page } from '../../kit/phone/page.tsx'
import { replaceBy } from '../../kit/phone/route.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { RecipientId } from '../../kit/words/recipient/recipient-words.ts'

export function Find(): ReactNode {
  const { t } = useWords<RecipientId>()
  return (
    <Page title={t('recipient.pickup')} back="">
      <FindKiosk onFound={(code) => replaceBy(kioskRoute(code))} />
    </Page>
  )
}
