import type { ReactNode } from 'react'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'

/** 'A07 was left open'. */
export function AlertWords({ alert }: { readonly alert: Alert }): ReactNode {
  const { t } = useWords<OperatorId>()
  return t(`operator.alert.${alert.kind}`, { label: alert.door?.label ?? '', asker: alert.asker ?? '' })
}
