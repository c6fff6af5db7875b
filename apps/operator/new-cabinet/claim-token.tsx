import type { ReactNode } from 'react'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { to } from '../desk/route.ts'
import { Once } from '../house/once.tsx'

export interface Created {
  readonly cabinet: string
  readonly claimToken: string
}

/** Shown this once: the cloud keeps only its hash, and this page nothing. */
export function ClaimToken({ created }: { readonly created: Created }): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <div className="op-claim">
      <Banner tone="safe" title={t('operator.claim.made')}>
        {t('operator.claim.what')}
      </Banner>
      <Once label={t('operator.claim.token')} text={created.claimToken}>
        <a className="op-button-link" href={to.cabinet(created.cabinet)}>
          {t('operator.claim.go')}
        </a>
      </Once>
    </div>
  )
}
