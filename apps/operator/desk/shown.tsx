import type { ReactNode } from 'react'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { RequestFailed } from '../cloud/ask.ts'
import { clockWords, useNow } from './now.tsx'

interface Asked<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly isFetching: boolean
  readonly dataUpdatedAt: number
  readonly refetch: () => unknown
}

interface ShownProps<T> {
  readonly asked: Asked<T>
  readonly children: (data: T) => ReactNode
}

/** What was asked for: on its way, not to be had and why, or there, said to be old where it could not be renewed. */
export function Shown<T>({ asked, children }: ShownProps<T>): ReactNode {
  const words = useWords<OperatorId>()
  const now = useNow()
  const { data, error } = asked
  const again = (
    <Button size="small" busy={asked.isFetching} onPress={() => void asked.refetch()}>
      {words.t('control.retry')}
    </Button>
  )
  const why =
    error instanceof RequestFailed ? failureWords(error.failure, words, 'operator') : words.t('refusal.server')
  const code = error instanceof RequestFailed ? { code: error.code } : {}
  if (data === undefined) {
    if (error === null) return <Progress label={words.t('operator.loading')} />
    return <Banner tone="danger" title={why} action={again} {...code} />
  }
  return (
    <>
      {error !== null && (
        <Banner
          tone="note"
          title={words.t('operator.asOf', { time: clockWords(asked.dataUpdatedAt, now, words) })}
          action={again}
        >
          {why}
        </Banner>
      )}
      {children(data)}
    </>
  )
}
