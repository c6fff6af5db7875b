import type { ReactNode } from 'react'
import { Button } from '../controls/ask/button.tsx'
import { Banner } from '../controls/tell/banner.tsx'
import { useWords } from '../words/use-words.tsx'
import type { Failure } from './client.ts'
import { failureWords } from './failure-words.ts'

/** What was asked of the cloud and did not come, and how it is asked for again. */
export interface AskFailedProps {
  /** Whose own words for a refusal go first. */
  readonly app: 'recipient' | 'courier'
  readonly asked: { readonly failure?: Failure | undefined; readonly asking: boolean; readonly again: () => void }
  /** What is shown meanwhile, and how old it is. */
  readonly children?: ReactNode
}

/** Why it is not fresh, and the button to ask again. Nothing while all is well. */
export function AskFailed({ app, asked: { failure, asking, again }, children }: AskFailedProps): ReactNode {
  const words = useWords()
  if (failure === undefined) return null
  const retry = (
    <Button busy={asking} onPress={again}>
      {words.t('control.retry')}
    </Button>
  )
  return (
    <Banner tone="note" title={failureWords(failure, words, app)} action={retry}>
      {children}
    </Banner>
  )
}
