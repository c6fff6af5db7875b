import './sign-in.css'
import { useEffect, useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { Client, Failure } from '../kit/cloud/client.ts'
import { failureWords } from '../kit/cloud/failure-words.ts'
import { Button } from '../kit/controls/ask/button.tsx'
import { Field } from '../kit/controls/ask/field.tsx'
import { LanguageSwitch } from '../kit/controls/ask/language-switch.tsx'
import { Banner } from '../kit/controls/tell/banner.tsx'
import { operatorWords } from '../kit/words/operator/operator-words.ts'
import type { OperatorId } from '../kit/words/operator/operator-words.ts'
import { useWords } from '../kit/words/use-words.tsx'

interface SignInProps {
  readonly client: Client
  /** The cloud ended the session in the midst of something. */
  readonly thrownOut: boolean
  readonly onLocale: (locale: string) => void
  readonly onSignedIn: () => void
}

export function SignIn({ client, thrownOut, onLocale, onSignedIn }: SignInProps): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const { email, setEmail, password, setPassword, busy, failure, signIn } = useSignIn(client, onSignedIn)
  useEffect(() => {
    document.title = t('operator.title')
  }, [t])
  return (
    <div className="op-sign-in">
      <main>
        <header>
          <span className="op-brand-mark" aria-hidden="true" />
          <h1>{t('operator.title')}</h1>
          <p>{t('operator.signIn.what')}</p>
        </header>
        {failure === undefined && thrownOut && <Banner tone="note" title={t('refusal.signedOut')} />}
        {failure && <Banner tone="danger" title={failureWords(failure, words, 'operator')} code={failure.code} />}
        <form onSubmit={signIn}>
          <Field
            label={t('operator.signIn.email')}
            value={email}
            onChange={setEmail}
            type="email"
            autoComplete="username"
            autoFocus
            maxLength={200}
          />
          <Field
            label={t('operator.signIn.password')}
            value={password}
            onChange={setPassword}
            type="password"
            autoComplete="current-password"
            maxLength={200}
          />
          <Button kind="main" size="big" submit busy={busy}>
            {t('operator.signIn.go')}
          </Button>
        </form>
        <LanguageSwitch languages={operatorWords.languages} onChoose={onLocale} />
      </main>
    </div>
  )
}

function useSignIn(client: Client, onSignedIn: () => void) {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const ask = async (): Promise<void> => {
    setBusy(true)
    const answer = await client.send('/v1/operator/sign-in', { email: email.trim(), password })
    setBusy(false)
    if (answer.ok) return onSignedIn()
    // Without a network it was not wrong, and nothing is lost.
    if (answer.failure.kind === 'refused') setPassword('')
    setFailure(answer.failure)
  }
  const signIn = (event: FormEvent): void => {
    event.preventDefault()
    if (!busy && email.trim() !== '' && password !== '') void ask()
  }
  return { email, setEmail, password, setPassword, busy, failure, signIn }
}
