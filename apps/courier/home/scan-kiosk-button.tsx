import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { go } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'

export function ScanKioskButton(): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <Button kind="main" size="big" icon="camera" onPress={() => go('scan')}>
      {t('phone.kiosk.find')}
    </Button>
  )
}
