import { useState } from 'react'
import type { ReactNode } from 'react'
import type { CodeOutlook, CorrectReason, CourierDeposit, ResendReason } from '@holdfast/wire/http/parcels.ts'
import type { Client, Failure } from '../../kit/cloud/client.ts'
import { failureWords } from '../../kit/cloud/failure-words.ts'
import { Button } from '../../kit/controls/ask/button.tsx'
import { Field } from '../../kit/controls/ask/field.tsx'
import { Sheet } from '../../kit/controls/sheet.tsx'
import { Banner } from '../../kit/controls/tell/banner.tsx'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { Why } from './why.tsx'

export interface AmendSheetProps {
  /** Kept here as it was when chosen: the list behind is asked anew every few seconds. */
  readonly deposit: CourierDeposit | undefined
  readonly client: Client
  readonly onDone: () => void
  readonly onClose: () => void
}

/** One deposit whose recipient does not know of it: the right number, or the message once more, and why. */
export function AmendSheet({ deposit, onClose, ...rest }: AmendSheetProps): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <Sheet
      open={deposit !== undefined}
      title={deposit === undefined ? '' : t('courier.amend.title', { label: deposit.door.label })}
      onClose={onClose}
    >
      {deposit && <Amend key={deposit.deposit} deposit={deposit} onClose={onClose} {...rest} />}
    </Sheet>
  )
}

type Told = CodeOutlook | 'resent'

function useAmend(deposit: CourierDeposit, client: Client, onDone: () => void) {
  const [busy, setBusy] = useState<'phone' | 'resend'>()
  const [told, setTold] = useState<Told>()
  const [failure, setFailure] = useState<Failure>()
  const path = `/v1/courier/deposits/${deposit.deposit}`
  const { cabinet } = deposit.place
  const send = async <T,>(what: 'phone' | 'resend', to: string, body: object): Promise<T | undefined> => {
    setBusy(what)
    const answer = await client.send<T>(`${path}/${to}`, body)
    setBusy(undefined)
    setFailure(answer.ok ? undefined : answer.failure)
    if (answer.ok) onDone()
    return answer.ok ? answer.value : undefined
  }
  return {
    busy,
    told,
    failure,
    correct: async (recipientPhone: string, reason: CorrectReason): Promise<void> => {
      const body = { cabinet, recipientPhone, reason }
      const reply = await send<{ readonly code: CodeOutlook }>('phone', 'recipient', body)
      if (reply !== undefined) setTold(reply.code)
    },
    resend: async (reason: ResendReason): Promise<void> => {
      if ((await send('resend', 'resend', { cabinet, reason })) !== undefined) setTold('resent')
    },
  }
}

type AmendProps = Omit<AmendSheetProps, 'deposit'> & { readonly deposit: CourierDeposit }

function Amend({ deposit, client, onDone, onClose }: AmendProps): ReactNode {
  const words = useWords<CourierId>()
  const { t } = words
  const { busy, told, failure, correct, resend } = useAmend(deposit, client, onDone)
  const [phone, setPhone] = useState('')
  const [why, setWhy] = useState<CorrectReason>()
  if (told !== undefined) return <Amended told={told} onClose={onClose} />
  const mayCorrect = why !== undefined && phone.trim().length >= 3
  return (
    <form
      className="hf-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (mayCorrect && busy === undefined) void correct(phone.trim(), why)
      }}
    >
      <p className="hf-muted hf-number">{deposit.parcels.map(({ trackingNumber }) => trackingNumber).join(', ')}</p>
      {failure && <Banner tone="danger" title={failureWords(failure, words, 'courier')} />}
      <Why picked={why} onPick={setWhy} />
      <Field
        label={t('courier.amend.phone')}
        hint={t('courier.amend.phone.hint')}
        value={phone}
        onChange={setPhone}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        maxLength={32}
      />
      <Button kind="main" size="big" submit busy={busy === 'phone'} disabled={!mayCorrect}>
        {t('courier.amend.save')}
      </Button>
      {!deposit.notMine && why !== 'wrong-digit' && (
        <Button
          icon="repeat"
          busy={busy === 'resend'}
          disabled={why === undefined}
          onPress={() => why !== undefined && void resend(why)}
        >
          {t('courier.amend.resend')}
        </Button>
      )}
    </form>
  )
}

function Amended({ told, onClose }: { readonly told: Told; readonly onClose: () => void }): ReactNode {
  const { t } = useWords<CourierId>()
  return (
    <div className="hf-stack" role="status">
      <Banner tone={told === 'later' || told === 'same' ? 'note' : 'safe'} title={t(`courier.amend.${told}`)} />
      <Button kind="main" size="big" onPress={onClose}>
        {t('courier.amend.done')}
      </Button>
    </div>
  )
}
