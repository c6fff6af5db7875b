import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { CabinetSettings } from '@holdfast/wire/http/desk/settings.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { formOf, nightFrom } from './night-time.ts'

export interface NightFormProps {
  readonly night: CabinetSettings['night']
  readonly busy: boolean
  readonly onSet: (night: CabinetSettings['night']) => void
}

/** When the screen is dark and the voice low, in the cabinet's local time. */
export function NightForm({ night, busy, onSet }: NightFormProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [form, setForm] = useState(() => formOf(night))
  const [tried, setTried] = useState(false)
  const wanted = nightFrom(form)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (wanted !== undefined && !busy) onSet(wanted)
  }
  const field = (name: keyof typeof form, type: 'time' | 'number'): ReactNode => (
    <Field
      label={t(`operator.night.${name}`)}
      type={type}
      value={form[name]}
      onChange={(value) => setForm({ ...form, [name]: value })}
    />
  )
  return (
    <form className="op-form" onSubmit={submit} noValidate>
      <p>{t('operator.night.what')}</p>
      <div className="op-night">
        {field('from', 'time')}
        {field('until', 'time')}
        {field('volume', 'number')}
        {field('brightness', 'number')}
      </div>
      {tried && wanted === undefined && (
        <p className="hf-field-error" role="alert">
          {t('operator.night.wrong')}
        </p>
      )}
      <div className="op-actions">
        <Button kind="main" submit busy={busy}>
          {t('operator.night.set')}
        </Button>
        {night !== null && <Button onPress={() => onSet(null)}>{t('operator.night.none')}</Button>}
      </div>
    </form>
  )
}
