import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { CodeOutlook, OperatorParcel } from '@holdfast/wire/http/parcels.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { OperatorId } from '../../kit/words/operator/operator-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { RequestFailed, valueOf } from '../cloud/ask.ts'
import { keys } from '../cloud/keys.ts'
import { useDeed } from '../cloud/use-deed.ts'
import { focusFirst } from '../desk/focus-first.ts'
import { mayAct, useDesk } from '../desk/use-desk.ts'
import { type Amending, type AmendGap, bodyOf, canAmend, gapsOf } from './amend.ts'

type Told = CodeOutlook | 'resent'

/** For a recipient who calls: the right number, or the message once more. What came of it stands here, then in the story. */
export function AmendCard({ parcel }: { readonly parcel: OperatorParcel }): ReactNode {
  const { t } = useWords<OperatorId>()
  const { me } = useDesk()
  const [asking, setAsking] = useState<Amending>()
  const [told, setTold] = useState<Told>()
  if (!canAmend(parcel) || !mayAct(me)) return null
  const close = (): void => setAsking(undefined)
  return (
    <section className="op-card" aria-labelledby="amend">
      <h2 id="amend">{t('operator.amend')}</h2>
      {told !== undefined && (
        <Banner tone={told === 'later' || told === 'same' ? 'note' : 'safe'} title={t(`operator.amend.told.${told}`)} />
      )}
      <Button icon="repeat" onPress={() => setAsking('resend')}>
        {t('operator.amend.resend')}
      </Button>
      <Button icon="phone" onPress={() => setAsking('recipient')}>
        {t('operator.amend.recipient')}
      </Button>
      <Sheet
        open={asking !== undefined}
        title={asking === undefined ? '' : t(`operator.amend.${asking}`)}
        onClose={close}
      >
        {asking && (
          <AmendSheet
            key={asking}
            parcel={parcel}
            what={asking}
            onTold={(word) => {
              setTold(word)
              close()
            }}
          />
        )}
      </Sheet>
    </section>
  )
}

interface AmendSheetProps {
  readonly parcel: OperatorParcel
  readonly what: Amending
  readonly onTold: (told: Told) => void
}

function AmendSheet({ parcel, what, onTold }: AmendSheetProps): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const [phone, setPhone] = useState('')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState<readonly AmendGap[]>([])
  const { mutate, isPending, error } = useAmending(parcel.id, what, onTold)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const gaps = gapsOf(what, { phone, reason })
    setMissing(gaps)
    if (gaps.length === 0 && !isPending) mutate({ phone, reason })
  }
  return (
    <form ref={focusFirst} className="op-form" onSubmit={submit} noValidate>
      <p className="op-muted">
        {parcel.trackingNumber} · {parcel.recipientPhoneMasked ?? '—'}
      </p>
      <p>{t(`operator.amend.${what}.what`)}</p>
      {what === 'recipient' && (
        <Field
          label={t('operator.amend.phone')}
          value={phone}
          onChange={setPhone}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          maxLength={32}
          {...(missing.includes('phone') ? { error: t('operator.amend.phone.missing') } : {})}
        />
      )}
      <Field
        label={t('operator.reason')}
        hint={t('operator.amend.reason.hint')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        {...(missing.includes('reason') ? { error: t('operator.amend.reason.missing') } : {})}
      />
      {error instanceof RequestFailed && (
        <Banner tone="danger" title={failureWords(error.failure, words, 'operator')} code={error.code} />
      )}
      <Button kind="main" submit busy={isPending}>
        {t(`operator.amend.${what}.do`)}
      </Button>
    </form>
  )
}

function useAmending(parcel: string, what: Amending, onTold: (told: Told) => void) {
  const { client } = useDesk()
  const queries = useQueryClient()
  return useDeed({
    mutationFn: (form: Parameters<typeof bodyOf>[1]) =>
      valueOf(
        client.send<{ readonly code?: CodeOutlook }>(
          `/v1/operator/parcels/${encodeURIComponent(parcel)}/${what}`,
          bodyOf(what, form),
        ),
      ),
    onSuccess: ({ code }) => {
      onTold(code ?? 'resent')
      void queries.invalidateQueries({ queryKey: keys.parcel(parcel) })
    },
  })
}
