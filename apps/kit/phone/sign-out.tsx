import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Failure } from '../cloud/client.ts'
import { failureWords } from '../cloud/failure-words.ts'
import { Button } from '../controls/ask/button.tsx'
import { Sheet } from '../controls/sheet.tsx'
import { useWords } from '../words/use-words.tsx'
import type { PhoneId } from '../words/phone/phone-id.ts'
import { replaceBy } from './route.ts'
import type { Phone } from './use-phone.ts'

export interface SignOutProps {
  readonly phone: Phone
  readonly audience: 'courier' | 'recipient'
  /** The masked number. */
  readonly who?: string
}

/** Asks first: the way back costs a message. The cloud must have heard it, for the cookie is the cloud's to take. */
export function SignOut({ phone, audience, who }: SignOutProps): ReactNode {
  const words = useWords<PhoneId>()
  const { t } = words
  const [asks, setAsks] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const signOut = async (): Promise<void> => {
    setBusy(true)
    const answer = await phone.client.send(`/v1/${audience}/sign-out`)
    setBusy(false)
    if (!answer.ok && answer.failure.status !== 401) return setFailure(answer.failure)
    replaceBy('')
    phone.keep({ signedIn: false })
  }
  return (
    <section className="hf-stack">
      {who !== undefined && <p className="hf-muted">{t('phone.signedInAs', { phone: words.phone(who) })}</p>}
      <Button kind="danger" onPress={() => setAsks(true)}>
        {t('phone.signOut')}
      </Button>
      <Sheet
        open={asks}
        title={t('phone.signOut.ask')}
        onClose={() => setAsks(false)}
        actions={
          <>
            <Button onPress={() => setAsks(false)}>{t('control.cancel')}</Button>
            <Button kind="danger" busy={busy} onPress={() => void signOut()}>
              {t('phone.signOut')}
            </Button>
          </>
        }
      >
        <p>{t('phone.signOut.hint')}</p>
        {failure && <p role="alert">{failureWords(failure, words, audience)}</p>}
      </Sheet>
    </section>
  )
}
