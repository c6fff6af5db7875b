import type { ReactNode } from 'react'
import { FindKiosk } from '../../kit/phone/at-kiosk/find-kiosk.tsx'
import { kioskRoute } from '../../kit/phone/at-kiosk/kiosk-code.ts'
import { Page } from '../../kit/phone/page.tsx'
import { replaceBy } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

export function FindPage(): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <Page title={t('phone.kiosk.find')} back="">
      <FindKiosk onFound={(code) => replaceBy(kioskRoute(code))} />
    </Page>
  )
}
