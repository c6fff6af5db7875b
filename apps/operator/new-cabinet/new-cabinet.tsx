import './new-cabinet.css'
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import { EmptyState } from '../../kit/controls/tell/empty-state.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { RequestFailed, valueOf } from '../cloud/ask.ts'
import { keys } from '../cloud/keys.ts'
import { useDeed } from '../cloud/use-deed.ts'
import { Title } from '../desk/title.tsx'
import { useDesk } from '../desk/use-desk.ts'
import { ClaimToken } from './claim-token.tsx'
import type { Created } from './claim-token.tsx'
import { LayoutPicker } from './layout-picker.tsx'
import { emptyForm, formFields, hinted, requestFrom, wrongFields } from './place-form.ts'
import type { PlaceForm } from './place-form.ts'

/** A cabinet is made from its place and its layout; its terminal is let in once, by the token shown at the end. */
export function NewCabinet(): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const [created, setCreated] = useState<Created>()
  return (
    <div className="op-new">
      <Title>{t('operator.nav.new')}</Title>
      {me !== undefined && me.role !== 'manager' && <EmptyState icon="halt" title={t('operator.new.managers')} />}
      {me?.role === 'manager' && (created ? <ClaimToken created={created} /> : <CreateForm onCreated={setCreated} />)}
    </div>
  )
}

function CreateForm({ onCreated }: { readonly onCreated: (created: Created) => void }): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const { client } = useDesk()
  const queries = useQueryClient()
  const [form, setForm] = useState<PlaceForm>(emptyForm)
  const [layout, setLayout] = useState<CabinetLayout>()
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useDeed({
    mutationFn: (body: ReturnType<typeof requestFrom>) => valueOf(client.send<Created>('/v1/operator/cabinets', body)),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: keys.cabinets })
      onCreated(made)
    },
  })
  const wrong = wrongFields(form)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (wrong.size > 0 || layout === undefined || isPending) return
    mutate(requestFrom(form, layout))
  }
  return (
    <form className="op-new-form" onSubmit={submit} noValidate>
      <section className="op-form" aria-labelledby="place">
        <h2 id="place">{t('operator.new.place')}</h2>
        {formFields.map(({ name, ...how }) => (
          <Field
            key={name}
            label={t(`operator.new.${name}`)}
            value={form[name]}
            onChange={(value) => setForm({ ...form, [name]: value })}
            {...how}
            {...(hinted(name) ? { hint: t(`operator.new.${name}.hint`) } : {})}
            {...(tried && wrong.has(name) ? { error: t(`operator.new.${name}.wrong`) } : {})}
          />
        ))}
      </section>
      <LayoutPicker layout={layout} missing={tried} onLayout={setLayout} />
      <div className="op-form">
        {error instanceof RequestFailed && (
          <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
        )}
        <Button kind="main" submit busy={isPending}>
          {t('operator.new.create')}
        </Button>
      </div>
    </form>
  )
}
