import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { CarrierDesk } from '@holdfast/wire/http/desk/carriers.ts'
import type { CourierRow } from '@holdfast/wire/http/desk/couriers.ts'
import { Button } from '../../../kit/controls/ask/button.tsx'
import { Field } from '../../../kit/controls/ask/field.tsx'
import { Sheet } from '../../../kit/controls/sheet.tsx'
import { EmptyState } from '../../../kit/controls/tell/empty-state.tsx'
import type { OperatorId } from '../../../kit/words/operator/operator-words.ts'
import { useWords } from '../../../kit/words/use-words.tsx'
import { keys } from '../../cloud/keys.ts'
import { to } from '../../desk/route.ts'
import { Shown } from '../../desk/shown.tsx'
import { useDesk } from '../../desk/use-desk.ts'
import { bodyOf, emptyEmployment, isSound } from './employment-form.ts'
import { EmploymentFields, Employments } from './employments.tsx'
import { Refused } from '../once.tsx'
import { useAct, useCarriers, useCouriers } from '../use-house.ts'

/** Couriers with all that they had and have to do with this house's carriers. */
export function CouriersPage(): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const [search, setSearch] = useState('')
  const [adding, setAdding] = useState(false)
  const asked = useCouriers(search.trim())
  const carriers = (useCarriers().data?.items ?? []).filter(({ kept }) => kept)
  const mayPlan = me?.role === 'manager' || me?.role === 'dispatcher'
  if (carriers.length === 0) {
    return (
      <EmptyState
        title={t('house.couriers.carrierFirst')}
        action={<a href={to.house('carriers')}>{t('house.step.carrier')}</a>}
      />
    )
  }
  return (
    <>
      <div className="op-row-form">
        <Field label={t('house.couriers.search')} value={search} onChange={setSearch} maxLength={64} optional />
        {mayPlan && (
          <Button kind="main" icon="plus" onPress={() => setAdding(true)}>
            {t('house.couriers.add')}
          </Button>
        )}
      </div>
      <Shown asked={asked}>
        {({ pages }) => <People rows={pages.flatMap(({ items }) => items)} carriers={carriers} mayPlan={mayPlan} />}
      </Shown>
      {asked.hasNextPage && (
        <Button busy={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>
          {t('operator.parcels.more')}
        </Button>
      )}
      <Sheet open={adding} title={t('house.couriers.add')} onClose={() => setAdding(false)}>
        <AddCourier carriers={carriers} onAdded={() => setAdding(false)} />
      </Sheet>
    </>
  )
}

interface PeopleProps {
  readonly rows: readonly CourierRow[]
  readonly carriers: readonly CarrierDesk[]
  readonly mayPlan: boolean
}

function People({ rows, carriers, mayPlan }: PeopleProps): ReactNode {
  const { t } = useWords<OperatorId>()
  if (rows.length === 0)
    return <EmptyState title={t('house.couriers.none')}>{t('house.couriers.none.what')}</EmptyState>
  return (
    <ul className="op-list">
      {rows.map((row) => (
        <li key={row.person} className="op-courier">
          <div>
            <span className="op-strong">{row.name ?? '—'}</span>
            <p className="op-muted">{row.phoneMasked}</p>
          </div>
          <Employments row={row} carriers={carriers} mayPlan={mayPlan} />
        </li>
      ))}
    </ul>
  )
}

interface AddProps {
  readonly carriers: readonly CarrierDesk[]
  readonly onAdded: () => void
}

function AddCourier({ carriers, onAdded }: AddProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [employment, setEmployment] = useState(() => emptyEmployment(carriers[0]?.id ?? ''))
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useAct(keys.couriers, onAdded)
  const isPhone = /\d{5}/.test(phone.replaceAll(/[\s-]/g, ''))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '' || !isPhone || !isSound(employment) || isPending) return
    const body = { name: name.trim(), phone: phone.trim(), employments: [bodyOf(employment)] }
    mutate({ path: '/v1/operator/couriers', body })
  }
  return (
    <form className="op-form" onSubmit={submit} noValidate>
      <Field
        label={t('house.name')}
        value={name}
        onChange={setName}
        maxLength={80}
        autoFocus
        {...(tried && name.trim() === '' ? { error: t('house.name.wrong') } : {})}
      />
      <Field
        label={t('house.couriers.phone')}
        value={phone}
        onChange={setPhone}
        type="tel"
        maxLength={32}
        {...(tried && !isPhone ? { error: t('house.couriers.phone.wrong') } : {})}
      />
      <EmploymentFields carriers={carriers} value={employment} tried={tried} onChange={setEmployment} />
      <Refused error={error} />
      <Button kind="main" submit busy={isPending}>
        {t('house.couriers.add')}
      </Button>
    </form>
  )
}
