import type { ReactNode } from 'react'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import type { Failure } from '../../kit/cloud/client.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Icon } from '../../kit/controls/icon.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { go } from '../../kit/phone/route.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import type { Scans, SentScan } from './scans.ts'

export interface ScanRowProps {
  readonly scan: SentScan
  readonly scans: Scans
  readonly latest: boolean
}

export function ScanRow({ scan, scans, latest }: ScanRowProps): ReactNode {
  const { t } = useWords<CourierId>()
  const { state, text, key } = scan
  return (
    <li className={latest ? 'scan-row scan-row-latest' : 'scan-row'}>
      <span className="hf-number">{text}</span>
      {typeof state === 'string' ? (
        <span className="line" role="status">
          <Icon name={state === 'sent' ? 'check' : 'clock'} />
          {t(`courier.scan.${state}`)}
        </span>
      ) : (
        <NotSent failure={state} onRetry={() => scans.retry(key)} onDrop={() => scans.drop(key)} />
      )}
    </li>
  )
}

interface NotSentProps {
  readonly failure: Failure
  readonly onRetry: () => void
  readonly onDrop: () => void
}

/** Why it did not arrive, and the ways on: again, after signing in at the kiosk, or not at all. */
function NotSent({ failure, onRetry, onDrop }: NotSentProps): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  const refused = failure.kind === 'refused'
  return (
    <>
      <Banner tone="danger" title={failureWords(failure, words, 'courier')} />
      <div className="scan-ways">
        <Button kind={refused ? 'quiet' : 'main'} icon="repeat" onPress={onRetry}>
          {t('control.retry')}
        </Button>
        {refused && (
          <Button kind="main" icon="camera" onPress={() => go('scan')}>
            {t('phone.kiosk.find')}
          </Button>
        )}
        <Button onPress={onDrop}>{t('courier.scan.drop')}</Button>
      </div>
    </>
  )
}
