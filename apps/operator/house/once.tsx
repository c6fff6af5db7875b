import { useState } from 'react'
import type { ReactNode } from 'react'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { RequestFailed } from '../cloud/ask.ts'

interface OnceProps {
  /** What it is, for readers and above it. */
  readonly label: string
  readonly text: string
  readonly children?: ReactNode
}

/** A secret that is shown this once: the cloud keeps its hash alone, and this page nothing. */
export function Once({ label, text, children }: OnceProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied('yes')
    } catch {
      setCopied('failed')
    }
  }
  return (
    <div className="op-once">
      <strong>{label}</strong>
      <output className="op-token" aria-label={label}>
        {text}
      </output>
      <div className="op-actions">
        <Button onPress={() => void copy()}>{t('operator.claim.copy')}</Button>
        {children}
        <span role="status">
          {copied === 'yes' && t('operator.claim.copied')}
          {copied === 'failed' && t('operator.claim.notCopied')}
        </span>
      </div>
    </div>
  )
}

export function Refused({ error }: { readonly error: Error | null }): ReactNode {
  const words = useWords<OperatorId>()
  if (!(error instanceof RequestFailed)) return null
  return <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
}
