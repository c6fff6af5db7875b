import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { to } from '../desk/route.ts'

export interface Created {
  readonly cabinet: string
  readonly claimToken: string
}

/** Shown this once: the cloud keeps only its hash, and this page nothing. */
export function ClaimToken({ created }: { readonly created: Created }): ReactNode {
  const { t } = useWords<OperatorId>()
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(created.claimToken)
      setCopied('yes')
    } catch {
      setCopied('failed')
    }
  }
  return (
    <div className="op-claim">
      <Banner tone="safe" title={t('operator.claim.made')}>
        {t('operator.claim.what')}
      </Banner>
      <output className="op-token" aria-label={t('operator.claim.token')}>
        {created.claimToken}
      </output>
      <div className="op-actions">
        <Button kind="main" onPress={() => void copy()}>
          {t('operator.claim.copy')}
        </Button>
        <a className="op-button-link" href={to.cabinet(created.cabinet)}>
          {t('operator.claim.go')}
        </a>
      </div>
      <p role="status">
        {copied === 'yes' && t('operator.claim.copied')}
        {copied === 'failed' && t('operator.claim.notCopied')}
      </p>
    </div>
  )
}
