import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Field } from '../../../kit/controls/ask/field.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { useNow } from '../../desk/now.tsx'
import { Refused } from '../../house/once.tsx'
import { useAct } from '../../house/use-house.ts'
import { keys } from '../../cloud/keys.ts'
import { outageFrom, usualOutage, wrongOutage } from './outage-time.ts'
import type { OutageForm as Form } from './outage-time.ts'

interface OutageFormProps {
  readonly cabinet: string
  readonly path: string
  readonly zone: string
  /** Doors with something inside. */
  readonly loaded: number
  readonly onPlanned: () => void
}

/** From when to when, why, and who will be told, before anything is sent. */
export function OutageForm({ cabinet, path, zone, loaded, onPlanned }: OutageFormProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const now = useNow()
  const [form, setForm] = useState(() => usualOutage(now, zone))
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useAct(keys.outages(cabinet), onPlanned)
  const wrong = wrongOutage(form, now, zone)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (wrong.size === 0 && !isPending) mutate({ path, body: outageFrom(form, zone) })
  }
  const field = (name: keyof Form): ReactNode => (
    <Field
      label={t(`outage.${name}`)}
      value={form[name]}
      onChange={(value) => setForm({ ...form, [name]: value })}
      {...(name === 'reason' ? { maxLength: 200 } : { type: 'datetime-local' })}
      {...(tried && wrong.has(name) ? { error: t(`outage.${name}.wrong`) } : {})}
    />
  )
  return (
    <form className="op-form" onSubmit={submit} noValidate>
      <p>{t('outage.what')}</p>
      {field('from')}
      {field('to')}
      <p className="op-muted">{t('outage.zone', { zone })}</p>
      {field('reason')}
      <p>{t('outage.told', { count: loaded })}</p>
      <Refused error={error} />
      <Button kind="main" submit busy={isPending}>
        {t('outage.go')}
      </Button>
    </form>
  )
}
