import './sign-in.css'
import { useEffect, useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import type { WelcomeRequest, WelcomeView } from '@holdfast/wire/http/desk/staff.ts'
import type { Client, Failure } from '../kit/cloud/client.ts'
import { failureWords } from '../kit/cloud/failure-words.ts'
import { Button } from '../kit/controls/ask/button.tsx'
import { Field } from '../kit/controls/ask/field.tsx'
import { LanguageSwitch } from '../kit/controls/ask/language-switch.tsx'
import { Banner } from '../kit/controls/tell/banner.tsx'
import { operatorWords } from '../kit/words/operator/operator-words.ts'
import type { OperatorId } from '../kit/words/operator/operator-words.ts'
import { useWords } from '../kit/words/use-words.tsx'

interface WelcomeProps {
  readonly client: Client
  readonly token: string
  readonly onLocale: (locale: string) => void
  /** Signed in, or on to the usual way in. */
  readonly onDone: (signedIn: boolean) => void
}

/** Behind a one-time link: the first person names the house, everybody chooses a password. */
export function Welcome({ client, token, onLocale, onDone }: WelcomeProps): ReactNode {
  const words = useWords<OperatorId>()
  const { t } = words
  const [view, setView] = useState<WelcomeView>()
  const [failure, setFailure] = useState<Failure>()
  useEffect(() => {
    document.title = t('operator.title')
  }, [t])
  useEffect(() => {
    let here = true
    void client.send<WelcomeView>('/v1/operator/welcome/look', { token }).then((answer) => {
      if (!here) return
      if (answer.ok) setView(answer.value)
      else setFailure(answer.failure)
    })
    return () => {
      here = false
    }
  }, [client, token])
  const hello =
    view === undefined || view.purpose === 'first'
      ? t('welcome.first')
      : t(`welcome.${view.purpose}`, { name: view.name ?? '', house: view.operatorName ?? '' })
  return (
    <div className="op-sign-in">
      <main>
        <header>
          <span className="op-brand-mark" aria-hidden="true" />
          <h1>{t('welcome.title')}</h1>
          {view && <p>{hello}</p>}
        </header>
        {failure && (
          <Banner
            tone="danger"
            title={failureWords(failure, words, 'operator')}
            code={failure.code}
            action={
              view === undefined ? <Button onPress={() => onDone(false)}>{t('operator.signIn.go')}</Button> : undefined
            }
          />
        )}
        {view && (
          <WelcomeForm client={client} token={token} view={view} onFailure={setFailure} onIn={() => onDone(true)} />
        )}
        <LanguageSwitch languages={operatorWords.languages} onChoose={onLocale} />
      </main>
    </div>
  )
}

const passwordLeast = 12
const empty = { operatorName: '', name: '', email: '' }

interface WelcomeFormProps {
  readonly client: Client
  readonly token: string
  readonly view: WelcomeView
  readonly onFailure: (failure: Failure) => void
  readonly onIn: () => void
}

function WelcomeForm({ client, token, view, onFailure, onIn }: WelcomeFormProps): ReactNode {
  const { t } = useWords<OperatorId>()
  const [first, setFirst] = useState(empty)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const isFirst = view.purpose === 'first'
  const wrong = {
    operatorName: isFirst && first.operatorName.trim() === '',
    name: isFirst && first.name.trim() === '',
    email: isFirst && !/^[^@\s]+@[^@\s]+$/.test(first.email.trim()),
    password: [...password].length < passwordLeast,
  }
  const send = async (): Promise<void> => {
    setBusy(true)
    const body: WelcomeRequest = { token, password, ...(isFirst ? { first: trimmed(first) } : {}) }
    const answer = await client.send('/v1/operator/welcome', body)
    setBusy(false)
    if (answer.ok) onIn()
    else onFailure(answer.failure)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!busy && !Object.values(wrong).includes(true)) void send()
  }
  return (
    <form onSubmit={submit} noValidate>
      {isFirst && <FirstFields first={first} wrong={tried ? wrong : {}} onFirst={setFirst} />}
      {!isFirst && <input type="hidden" autoComplete="username" value={view.email ?? ''} readOnly />}
      <Field
        label={t('welcome.password')}
        hint={t('welcome.password.hint', { least: passwordLeast })}
        value={password}
        onChange={setPassword}
        type="password"
        autoComplete="new-password"
        maxLength={200}
        {...(tried && wrong.password ? { error: t('welcome.password.wrong', { least: passwordLeast }) } : {})}
      />
      <Button kind="main" size="big" submit busy={busy}>
        {t(isFirst ? 'welcome.begin' : 'welcome.enter')}
      </Button>
    </form>
  )
}

const trimmed = (first: typeof empty): typeof empty => ({
  operatorName: first.operatorName.trim(),
  name: first.name.trim(),
  email: first.email.trim(),
})

interface FirstFieldsProps {
  readonly first: typeof empty
  readonly wrong: Partial<Record<keyof typeof empty, boolean>>
  readonly onFirst: (first: typeof empty) => void
}

function FirstFields({ first, wrong, onFirst }: FirstFieldsProps): ReactNode {
  const { t } = useWords<OperatorId>()
  return (
    <>
      <Field
        label={t('welcome.house')}
        hint={t('welcome.house.hint')}
        value={first.operatorName}
        onChange={(operatorName) => onFirst({ ...first, operatorName })}
        maxLength={80}
        autoFocus
        {...(wrong.operatorName === true ? { error: t('house.name.wrong') } : {})}
      />
      <Field
        label={t('welcome.you')}
        value={first.name}
        onChange={(name) => onFirst({ ...first, name })}
        autoComplete="name"
        maxLength={80}
        {...(wrong.name === true ? { error: t('house.name.wrong') } : {})}
      />
      <Field
        label={t('operator.signIn.email')}
        value={first.email}
        onChange={(email) => onFirst({ ...first, email })}
        type="email"
        autoComplete="username"
        maxLength={200}
        {...(wrong.email === true ? { error: t('house.email.wrong') } : {})}
      />
    </>
  )
}
