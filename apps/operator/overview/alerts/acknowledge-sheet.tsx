import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Alert } from '@holdfast/wire/http/alerts.ts'
import { failureWords } from '../../../kit/cloud/failure-words.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Field } from '../../../kit/controls/ask/field.tsx'
import { Banner } from '../../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { RequestFailed, valueOf } from '../../cloud/ask.ts'
import { takeLive } from '../../cloud/live-cache.ts'
import { useDeed } from '../../cloud/use-deed.ts'
import { focusFirst } from '../../desk/focus-first.ts'
import { useDesk } from '../../desk/use-desk.ts'
import { AlertSheet } from './alert-sheet.tsx'

interface AcknowledgeSheetProps {
  readonly alert: Alert | undefined
  readonly onClose: () => void
}

/** 'I look after it', with a note for the colleagues. The alert ends when its cause does, not here. */
export function AcknowledgeSheet({ alert, onClose }: AcknowledgeSheetProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <AlertSheet alert={alert} title={t('operator.alerts.take')} onClose={onClose}>
      {(shown) => <AcknowledgeForm alert={shown} onClose={onClose} />}
    </AlertSheet>
  )
}

function AcknowledgeForm({ alert, onClose }: { readonly alert: Alert; readonly onClose: () => void }): ReactNode {
  const words = useWords<OperatorId>()
  const { client, recent } = useDesk()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const { mutate, isPending, error } = useDeed({
    mutationFn: () =>
      valueOf(
        client.send<Alert>(
          `/v1/operator/alerts/${encodeURIComponent(alert.id)}/acknowledge`,
          note.trim() === '' ? {} : { note: note.trim() },
        ),
      ),
    onSuccess: (data) => {
      takeLive(queries, recent, { type: 'alert', data })
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isPending) mutate()
  }
  return (
    <form ref={focusFirst} className="op-form" onSubmit={submit}>
      <p className="op-muted">{words.t('operator.alerts.take.what')}</p>
      <Field label={words.t('operator.alerts.note')} value={note} onChange={setNote} maxLength={200} optional />
      {error instanceof RequestFailed && (
        <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
      )}
      <Button kind="main" submit busy={isPending}>
        {words.t('operator.alerts.take')}
      </Button>
    </form>
  )
}
