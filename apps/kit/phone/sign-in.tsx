import './sign-in.css'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Banner } from '../controls/tell/banner.tsx'
import { Button } from '../controls/ask/button.tsx'
import { Field } from '../controls/ask/field.tsx'
import type { Client, Failure } from '../cloud/client.ts'
import { failureWords } from '../cloud/failure-words.ts'
import { useWords } from '../words/use-words.tsx'
import type { PhoneId } from '../words/phone/phone-id.ts'
import { Page } from './page.tsx'

export interface SignInProps {
  readonly client: Client
  readonly audience: 'courier' | 'recipient'
  readonly title: string
  /** One sentence: whose phone number, and what for. */
  readonly lead: string
  readonly thrownOut: boolean
  /** The language switch: a stranger's first need. */
  readonly languages: ReactNode
  readonly onSignedIn: () => void
}

const resendAfterSeconds = 30

/** Phone number, then the six digits of a message. What was typed stays through every failure. */
export function SignIn(props: SignInProps): ReactNode {
  const { t, locale } = useWords<PhoneId>()
  const [phone, setPhone] = useState('')
  const [sentTimes, setSentTimes] = useState(0)
  const [asksCode, setAsksCode] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const sendCode = async (): Promise<void> => {
    setBusy(true)
    const answer = await props.client.send('/v1/sign-in/codes', { phone, audience: props.audience, locale })
    setBusy(false)
    setFailure(answer.ok ? undefined : answer.failure)
    if (!answer.ok) return
    setSentTimes((times) => times + 1)
    setAsksCode(true)
  }
  const change = (): void => {
    setAsksCode(false)
    setFailure(undefined)
  }
  return (
    <Page title={props.title}>
      {!asksCode && props.languages}
      {props.thrownOut && !asksCode && <Banner tone="note" title={t('refusal.signedOut')} />}
      {asksCode ? (
        <CodeForm
          {...props}
          phone={phone}
          sentTimes={sentTimes}
          resend={{ send: sendCode, busy, failure }}
          onChange={change}
        />
      ) : (
        <PhoneForm {...props} {...{ phone, setPhone, busy, failure }} onSend={() => void sendCode()} />
      )}
    </Page>
  )
}

interface PhoneFormProps extends SignInProps {
  readonly phone: string
  readonly setPhone: (phone: string) => void
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly onSend: () => void
}

function PhoneForm({ lead, phone, setPhone, busy, failure, onSend, audience }: PhoneFormProps): ReactNode {
  const words = useWords<PhoneId>()
  const { t } = words
  const ready = phone.trim().length >= 3
  return (
    <form
      className="hf-sign-in"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !busy) onSend()
      }}
    >
      <p className="hf-sign-in-lead">{lead}</p>
      <Field
        label={t('phone.number')}
        hint={t('phone.number.hint')}
        type="tel"
        autoComplete="tel"
        name="phone"
        value={phone}
        onChange={setPhone}
        maxLength={32}
        {...(failure ? { error: failureWords(failure, words, audience) } : {})}
      />
      <Button kind="main" size="big" submit busy={busy} disabled={!ready}>
        {t('phone.sendCode')}
      </Button>
    </form>
  )
}

interface CodeFormProps extends SignInProps {
  readonly phone: string
  readonly sentTimes: number
  readonly resend: { readonly send: () => Promise<void>; readonly busy: boolean; readonly failure: Failure | undefined }
  readonly onChange: () => void
}

interface CodeEntry {
  readonly code: string
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly type: (text: string) => void
  readonly submit: () => void
  /** A new message is on its way: what was wrong with the old code no longer matters. */
  readonly forget: () => void
}

function useCodeEntry({ client, audience, phone, onSignedIn }: CodeFormProps): CodeEntry {
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const signIn = async (digits: string): Promise<void> => {
    setBusy(true)
    const answer = await client.send('/v1/sign-in', { phone, code: digits, audience })
    setBusy(false)
    if (answer.ok) return onSignedIn()
    setFailure(answer.failure)
  }
  const type = (text: string): void => {
    const digits = text.replaceAll(/\D/g, '').slice(0, 6)
    setCode(digits)
    setFailure(undefined)
    // The phone fills in the message's code by itself: nothing is left to press.
    if (digits.length === 6 && digits !== code && !busy) void signIn(digits)
  }
  const submit = (): void => {
    if (code.length === 6 && !busy) void signIn(code)
  }
  const forget = (): void => {
    setCode('')
    setFailure(undefined)
  }
  return { code, busy, failure, type, submit, forget }
}

function CodeForm(props: CodeFormProps): ReactNode {
  const { audience, phone, sentTimes, resend, onChange } = props
  const words = useWords<PhoneId>()
  const { t } = words
  const { code, busy, failure, type, submit, forget } = useCodeEntry(props)
  const wrong = failure ?? resend.failure
  const again = (): void => {
    forget()
    void resend.send()
  }
  return (
    <form
      className="hf-sign-in"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <p className="hf-sign-in-lead" role="status">
        {t('phone.codeSent', { phone, times: sentTimes })}
      </p>
      <Field
        label={t('phone.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        name="code"
        autoFocus
        value={code}
        onChange={type}
        maxLength={12}
        {...(wrong ? { error: failureWords(wrong, words, audience) } : {})}
      />
      <Button kind="main" size="big" submit busy={busy} disabled={code.length < 6}>
        {t('phone.signIn')}
      </Button>
      <div className="hf-sign-in-ways">
        <Resend key={sentTimes} busy={resend.busy} onPress={again} />
        <Button onPress={onChange}>{t('phone.otherNumber')}</Button>
      </div>
    </form>
  )
}

function Resend({ busy, onPress }: { readonly busy: boolean; readonly onPress: () => void }): ReactNode {
  const { t } = useWords<PhoneId>()
  const [left, setLeft] = useState(resendAfterSeconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <Button busy={busy} disabled={left > 0} onPress={onPress}>
      {left > 0 ? t('phone.resendIn', { seconds: left }) : t('phone.resend')}
    </Button>
  )
}
