import { useEffect, useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Alert, Asker } from '@holdfast/wire/http/alerts.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Field } from '../../../kit/controls/ask/field.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { valueOf } from '../../cloud/ask.ts'
import { takeLive } from '../../cloud/live-cache.ts'
import { useDeed } from '../../cloud/use-deed.ts'
import { useDesk } from '../../desk/use-desk.ts'
import { Refused } from '../../house/once.tsx'
import { AlertSheet } from './alert-sheet.tsx'

/** A desk's screen is read by whoever passes. */
export const shownForMs = 60_000

interface CallBackSheetProps {
  readonly alert: Alert | undefined
  readonly onClose: () => void
}

/** Whom to call, shown for a minute to whoever takes it on; and the word that it is done. */
export function CallBackSheet({ alert, onClose }: CallBackSheetProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <AlertSheet alert={alert} title={t('operator.callBack')} onClose={onClose}>
      {(shown) => (
        <>
          <Whom alert={shown} />
          <SettleForm alert={shown} onClose={onClose} />
        </>
      )}
    </AlertSheet>
  )
}

const pathOf = ({ id }: Alert): string => `/v1/operator/alerts/${encodeURIComponent(id)}`

function Whom({ alert }: { readonly alert: Alert }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { client, recent } = useDesk()
  const queries = useQueryClient()
  const [phone, setPhone] = useState<string>()
  const { mutate, isPending, error } = useDeed<Asker>({
    mutationFn: async () => {
      const data = await valueOf(client.send<Alert>(`${pathOf(alert)}/acknowledge`, {}))
      takeLive(queries, recent, { type: 'alert', data })
      return await valueOf(client.get<Asker>(`${pathOf(alert)}/asker`))
    },
    onSuccess: (asker) => setPhone(asker.phone),
  })
  useEffect(() => {
    if (phone === undefined) return undefined
    const timer = setTimeout(() => setPhone(undefined), shownForMs)
    return () => clearTimeout(timer)
  }, [phone])
  if (phone !== undefined) {
    return (
      <a className="op-call-back" href={`tel:${phone}`}>
        {phone}
      </a>
    )
  }
  return (
    <>
      <p className="op-muted">{t('operator.callBack.what')}</p>
      <Refused error={error} />
      <Button icon="phone" busy={isPending} onPress={() => mutate()}>
        {t('operator.callBack.show')}
      </Button>
    </>
  )
}

function SettleForm({ alert, onClose }: { readonly alert: Alert; readonly onClose: () => void }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { client, recent } = useDesk()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const { mutate, isPending, error } = useDeed({
    mutationFn: () =>
      valueOf(client.send<Alert>(`${pathOf(alert)}/settle`, note.trim() === '' ? {} : { note: note.trim() })),
    onSuccess: (data) => {
      takeLive(queries, recent, { type: 'alert', data })
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    mutate()
  }
  return (
    <form className="op-form" onSubmit={submit}>
      <p className="op-muted">{t('operator.callBack.settle.what')}</p>
      <Field label={t('operator.alerts.note')} value={note} onChange={setNote} maxLength={200} optional />
      <Refused error={error} />
      <Button kind="main" submit busy={isPending}>
        {t('operator.callBack.settle')}
      </Button>
    </form>
  )
}
