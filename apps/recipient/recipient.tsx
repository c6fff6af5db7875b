import './recipient.css'
import { lazy, Suspense, useMemo } from 'react'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '../kit/controls/ask/language-switch.tsx'
import { readKioskCode } from '../kit/phone/at-kiosk/kiosk-code.ts'
import { HelpLineContext } from '../kit/phone/help/help-line.ts'
import { useRoute } from '../kit/phone/route.ts'
import { SignIn } from '../kit/phone/sign-in.tsx'
import { Unbroken } from '../kit/phone/unbroken.tsx'
import { usePhone } from '../kit/phone/use-phone.ts'
import type { Phone } from '../kit/phone/use-phone.ts'
import { recipientWords } from '../kit/words/recipient/recipient-words.ts'
import type { RecipientId } from '../kit/words/recipient/recipient-words.ts'
import { useLanguage, useWords, WordsProvider } from '../kit/words/use-words.tsx'
import { tokenIn } from './handover/link.ts'
import { Parcels } from './parcels/parcels.tsx'

// Most visits only read a code: what opens doors and changes wishes is fetched when it is gone to.
const Pickup = lazy(async () => ({ default: (await import('./pickup/pickup.tsx')).Pickup }))
const Find = lazy(async () => ({ default: (await import('./pickup/find.tsx')).Find }))
const Take = lazy(async () => ({ default: (await import('./handover/take.tsx')).Take }))
const Inbox = lazy(async () => ({ default: (await import('./inbox/inbox.tsx')).Inbox }))
const Settings = lazy(async () => ({ default: (await import('./settings.tsx')).Settings }))

export function RecipientApp(): ReactNode {
  const phone = usePhone('recipient')
  const words = useLanguage(recipientWords, phone.kept.locale ?? recipientWords.choose(navigator.languages))
  const helpLine = useMemo(() => ({ client: phone.client, audience: 'recipient' }) as const, [phone.client])
  if (words === undefined) return null
  return (
    <WordsProvider words={words}>
      {phone.kept.signedIn ? (
        <HelpLineContext value={helpLine}>
          <Unbroken title={words.t('recipient.title')}>
            <Suspense fallback={null}>
              <Screen phone={phone} />
            </Suspense>
          </Unbroken>
        </HelpLineContext>
      ) : (
        <Gate phone={phone} />
      )}
    </WordsProvider>
  )
}

function Gate({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords<RecipientId>()
  return (
    <SignIn
      client={phone.client}
      audience="recipient"
      title={t('recipient.title')}
      lead={t('recipient.lead')}
      thrownOut={phone.thrownOut}
      languages={<LanguageSwitch languages={recipientWords.languages} onChoose={(locale) => phone.keep({ locale })} />}
      onSignedIn={() => phone.keep({ signedIn: true })}
    />
  )
}

function Screen({ phone }: { readonly phone: Phone }): ReactNode {
  const route = useRoute()
  const code = readKioskCode(`#${route}`)
  if (code) return <Pickup key={route} client={phone.client} code={code} />
  const token = tokenIn(route)
  if (token !== undefined) return <Take client={phone.client} token={token} />
  if (route === 'scan') return <Find />
  if (route === 'inbox') return <Inbox client={phone.client} />
  if (route === 'settings') return <Settings phone={phone} />
  return <Parcels client={phone.client} />
}
