import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import type { Recipient } from '@holdfast/wire/http/people.ts'
import type { Failure } from '../kit/cloud/client.ts'
import { AskFailed } from '../kit/cloud/ask-failed.tsx'
import { failureWords } from '../kit/cloud/failure-words.ts'
import { AccessButtons } from '../kit/controls/ask/access-buttons.tsx'
import { LanguageSwitch } from '../kit/controls/ask/language-switch.tsx'
import { Icon } from '../kit/controls/icon.tsx'
import { Banner } from '../kit/controls/tell/banner.tsx'
import { Progress } from '../kit/controls/tell/progress.tsx'
import { Page } from '../kit/phone/page.tsx'
import { SignOut } from '../kit/phone/sign-out.tsx'
import type { Phone } from '../kit/phone/use-phone.ts'
import { recipientWords } from '../kit/words/recipient/recipient-words.ts'
import type { RecipientId } from '../kit/words/recipient/recipient-words.ts'
import { useWords } from '../kit/words/use-words.tsx'
import { useAsked } from './asked.ts'

type Wishes = Partial<Pick<Recipient, 'locale' | 'lowDoor' | 'alwaysConsents'>>

const isLocale = (locale: string): locale is Recipient['locale'] => ['zh', 'en', 'ko'].includes(locale)

/** Language, wishes and the way out. Each change is saved at once and can be changed back. */
export function Settings({ phone }: { readonly phone: Phone }): ReactNode {
  const words = useWords<RecipientId>()
  const { t } = words
  const { client } = phone
  const me = useAsked<Recipient>(useCallback(() => client.get('/v1/recipient/me'), [client]))
  const [saving, setSaving] = useState<Failure | 'no' | 'asking' | 'saved'>('no')
  const save = async (wishes: Wishes): Promise<void> => {
    setSaving('asking')
    const answer = await client.send<Recipient>('/v1/recipient/me', wishes, { method: 'PATCH' })
    setSaving(answer.ok ? 'saved' : answer.failure)
    if (answer.ok) me.put((before) => ({ ...before, ...wishes }))
  }
  const speak = (locale: string): void => {
    phone.keep({ locale })
    if (isLocale(locale)) void save({ locale })
  }
  return (
    <Page title={t('recipient.settings')} back="">
      {typeof saving === 'object' && (
        <Banner tone="danger" title={t('recipient.notSaved', { why: failureWords(saving, words, 'recipient') })} />
      )}
      <p role="status" className={saving === 'saved' ? 'line' : 'hf-hidden'}>
        {saving === 'saved' && (
          <>
            <Icon name="check" />
            {t('recipient.saved')}
          </>
        )}
      </p>
      <section className="hf-stack" aria-labelledby="language">
        <h2 id="language">{t('recipient.language')}</h2>
        <LanguageSwitch languages={recipientWords.languages} onChoose={speak} />
      </section>
      {me.value === undefined && !me.failure && <Progress />}
      {me.value === undefined && <AskFailed app="recipient" asked={me} />}
      {me.value && <Wishes me={me.value} busy={saving === 'asking'} onSave={(wishes) => void save(wishes)} />}
      <section className="hf-stack" aria-labelledby="display">
        <h2 id="display">{t('phone.display')}</h2>
        <AccessButtons access={phone.kept.access} onChange={(access) => phone.keep({ access })} />
      </section>
      <SignOut phone={phone} audience="recipient" {...(me.value ? { who: me.value.phoneMasked } : {})} />
    </Page>
  )
}

interface WishesProps {
  readonly me: Recipient
  readonly busy: boolean
  readonly onSave: (wishes: Wishes) => void
}

function Wishes({ me, busy, onSave }: WishesProps): ReactNode {
  const { t } = useWords<RecipientId>()
  return (
    <section className="hf-stack">
      <Wish
        words={t('recipient.lowDoor')}
        hint={t('recipient.lowDoor.hint')}
        on={me.lowDoor}
        busy={busy}
        onChange={(lowDoor) => onSave({ lowDoor })}
      />
      <Wish
        words={t('recipient.always')}
        hint={t('recipient.always.hint')}
        on={me.alwaysConsents}
        busy={busy}
        onChange={(alwaysConsents) => onSave({ alwaysConsents })}
      />
    </section>
  )
}

interface WishProps {
  readonly words: string
  readonly hint: string
  readonly on: boolean
  readonly busy: boolean
  readonly onChange: (on: boolean) => void
}

function Wish({ words, hint, on, busy, onChange }: WishProps): ReactNode {
  const { t } = useWords<RecipientId>()
  return (
    <button
      type="button"
      role="switch"
      className="wish"
      aria-checked={on}
      aria-disabled={busy}
      onClick={() => !busy && onChange(!on)}
    >
      <span className="hf-button-words">
        <strong>{words}</strong>
        <small>{hint}</small>
      </span>
      <span className="wish-state" aria-hidden="true">
        {t(on ? 'recipient.on' : 'recipient.off')}
      </span>
    </button>
  )
}
