import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Undelivered } from '@holdfast/wire/http/notices.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { Words } from '../../kit/words/create-words.ts'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { RequestFailed, valueOf } from '../cloud/ask.ts'
import { keys } from '../cloud/keys.ts'
import { useDeed } from '../cloud/use-deed.ts'
import { focusFirst } from '../desk/focus-first.ts'
import { useDesk } from '../desk/use-desk.ts'

type Item = Undelivered['items'][number]

export const nameOf = ({ kind, channel }: Item, words: Words<OperatorId>): string =>
  words.t(`operator.undelivered.${kind}`, { channel: words.find(`operator.value.${channel}`) ?? channel })

interface ClearSheetProps {
  readonly item: Item | undefined
  readonly onClose: () => void
}

/** Nothing goes from the list by itself (law 10): a person says how it was settled instead. */
export function ClearSheet({ item, onClose }: ClearSheetProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <Sheet open={item !== undefined} title={t('operator.undelivered.clear.title')} onClose={onClose}>
      {item && <ClearForm key={item.id} item={item} onClose={onClose} />}
    </Sheet>
  )
}

const reasonLength = 3

function ClearForm({ item, onClose }: { readonly item: Item; readonly onClose: () => void }): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const { client } = useDesk()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const { mutate, isPending, error } = useDeed({
    mutationFn: () =>
      valueOf(
        client.send<unknown>(`/v1/operator/undelivered/${encodeURIComponent(item.id)}/clear`, {
          reason: reason.trim(),
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.undelivered })
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const isShort = reason.trim().length < reasonLength
    setMissing(isShort)
    if (!isShort && !isPending) mutate()
  }
  return (
    <form ref={focusFirst} className="op-form" onSubmit={submit} noValidate>
      <p className="op-muted">{nameOf(item, words)}</p>
      <p>{t('operator.undelivered.clear.what')}</p>
      <Field
        label={t('operator.reason')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        {...(missing ? { error: t('operator.amend.reason.missing') } : {})}
      />
      {error instanceof RequestFailed && (
        <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
      )}
      <Button kind="main" submit busy={isPending}>
        {t('operator.undelivered.clear')}
      </Button>
    </form>
  )
}
