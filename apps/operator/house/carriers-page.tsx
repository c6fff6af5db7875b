import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { CarrierDesk } from '@holdfast/wire/http/desk/carriers.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { keys } from '../cloud/keys.ts'
import { Shown } from '../desk/shown.tsx'
import { useDesk } from '../desk/use-desk.ts'
import { CarrierCard } from './carrier-card.tsx'
import { Refused } from './once.tsx'
import { useAct, useCarriers } from './use-house.ts'

/** The carriers that this house looks after first, with their keys and endpoints; the others by name. */
export function CarriersPage(): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const asked = useCarriers()
  return (
    <>
      {me?.role === 'manager' && <NewCarrier />}
      <Shown asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('house.carriers.none')}>{t('house.carriers.none.what')}</EmptyState>
          ) : (
            <Carriers carriers={items} />
          )
        }
      </Shown>
    </>
  )
}

function Carriers({ carriers }: { readonly carriers: readonly CarrierDesk[] }): ReactNode {
  const { t } = useWords<OperatorId>()
  const others = carriers.filter(({ kept }) => !kept)
  return (
    <>
      {carriers
        .filter(({ kept }) => kept)
        .map((carrier) => (
          <CarrierCard key={carrier.id} carrier={carrier} />
        ))}
      {others.length > 0 && (
        <p className="op-muted">
          {t('house.carriers.others')} {others.map(({ name }) => name).join(' · ')}
        </p>
      )}
    </>
  )
}

function NewCarrier(): ReactNode {
  const { t } = useWords<OperatorId>()
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useAct(keys.carriers, () => {
    setName('')
    setCode('')
    setTried(false)
  })
  const fits = /^[a-z0-9][a-z0-9-]{1,31}$/.test(code.trim())
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '' || !fits || isPending) return
    mutate({ path: '/v1/operator/carriers', body: { name: name.trim(), code: code.trim() } })
  }
  return (
    <form className="op-card" onSubmit={submit} noValidate aria-labelledby="new-carrier">
      <h2 id="new-carrier">{t('house.carriers.new')}</h2>
      <div className="op-row-form">
        <Field
          label={t('house.carriers.name')}
          value={name}
          onChange={setName}
          maxLength={80}
          {...(tried && name.trim() === '' ? { error: t('house.name.wrong') } : {})}
        />
        <Field
          label={t('house.carriers.code')}
          value={code}
          onChange={setCode}
          maxLength={32}
          {...(tried && !fits ? { error: t('house.carriers.code.wrong') } : {})}
        />
        <Button kind="main" submit busy={isPending}>
          {t('house.carriers.create')}
        </Button>
      </div>
      <Refused error={error} />
    </form>
  )
}
