import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { CarrierDesk } from '@holdfast/wire/http/desk/carriers.ts'
import type { CourierRow } from '@holdfast/wire/http/desk/couriers.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Field } from '../../../kit/controls/ask/field.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { keys } from '../../cloud/keys.ts'
import { useNow } from '../../desk/now.tsx'
import { type EmploymentForm, bodyOf, emptyEmployment, isSound, standingOf } from './employment-form.ts'
import { Refused } from '../once.tsx'
import { useAct } from '../use-house.ts'

interface EmploymentsProps {
  readonly row: CourierRow
  readonly carriers: readonly CarrierDesk[]
  readonly mayPlan: boolean
}

/** One line for each employment, past and future ones too: what was true then stays to be seen. */
export function Employments({ row, carriers, mayPlan }: EmploymentsProps): ReactNode {
  const { t, date } = useWords<OperatorId>()
  const now = useNow()
  const [adding, setAdding] = useState(false)
  const path = `/v1/operator/couriers/${encodeURIComponent(row.person)}/employments`
  const end = useAct(keys.couriers)
  const day = (at: number): string => date(at, 'date')
  return (
    <div className="op-employments">
      <ul>
        {row.employments.map((one) => {
          const standing = standingOf(one, now)
          return (
            <li key={`${one.carrier} ${one.from}`} data-away={standing === 'past'}>
              <span className="op-strong">{one.carrierName}</span>
              {one.outlet !== null && <span>{one.outlet}</span>}
              <span className="op-muted">
                {one.until === null
                  ? t('house.employment.since', { from: day(one.from) })
                  : t('house.employment.days', { from: day(one.from), until: day(one.until) })}
              </span>
              {mayPlan && standing === 'now' && (
                <Button
                  size="small"
                  busy={end.isPending}
                  label={t('house.employment.end.one', { carrier: one.carrierName, name: row.name ?? '' })}
                  onPress={() => end.mutate({ path: `${path}/${encodeURIComponent(one.carrier)}`, method: 'DELETE' })}
                >
                  {t('house.employment.end')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <Refused error={end.error} />
      {mayPlan && !adding && (
        <Button size="small" icon="plus" onPress={() => setAdding(true)}>
          {t('house.employment.more')}
        </Button>
      )}
      {adding && <AddEmployment path={path} carriers={carriers} onAdded={() => setAdding(false)} />}
    </div>
  )
}

interface AddProps {
  readonly path: string
  readonly carriers: readonly CarrierDesk[]
  readonly onAdded: () => void
}

function AddEmployment({ path, carriers, onAdded }: AddProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [value, setValue] = useState(() => emptyEmployment(carriers[0]?.id ?? ''))
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useAct(keys.couriers, onAdded)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (isSound(value) && !isPending) mutate({ path, body: bodyOf(value) })
  }
  return (
    <form className="op-form" onSubmit={submit} noValidate>
      <EmploymentFields carriers={carriers} value={value} tried={tried} onChange={setValue} />
      <Refused error={error} />
      <Button submit busy={isPending}>
        {t('house.employment.add')}
      </Button>
    </form>
  )
}

interface FieldsProps {
  readonly carriers: readonly CarrierDesk[]
  readonly value: EmploymentForm
  readonly tried: boolean
  readonly onChange: (value: EmploymentForm) => void
}

export function EmploymentFields({ carriers, value, tried, onChange }: FieldsProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <div className="op-employment-fields">
      <label className="op-select">
        <span>{t('house.employment.carrier')}</span>
        <select value={value.carrier} onChange={(event) => onChange({ ...value, carrier: event.currentTarget.value })}>
          {carriers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Field
        label={t('house.employment.outlet')}
        value={value.outlet}
        onChange={(outlet) => onChange({ ...value, outlet })}
        maxLength={80}
        optional
      />
      <Field
        label={t('house.employment.from')}
        value={value.from}
        onChange={(from) => onChange({ ...value, from })}
        type="date"
        optional
      />
      <Field
        label={t('house.employment.until')}
        value={value.until}
        onChange={(until) => onChange({ ...value, until })}
        type="date"
        optional
        {...(tried && !isSound(value) ? { error: t('house.employment.until.wrong') } : {})}
      />
    </div>
  )
}
