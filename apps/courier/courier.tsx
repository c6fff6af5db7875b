import './courier.css'
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { LanguageSwitch } from '../kit/controls/ask/language-switch.tsx'
import { readKioskCode } from '../kit/phone/at-kiosk/kiosk-code.ts'
import { HelpLineContext } from '../kit/phone/help/help-line.ts'
import { useRoute } from '../kit/phone/route.ts'
import { SignIn } from '../kit/phone/sign-in.tsx'
import { usePhone } from '../kit/phone/use-phone.ts'
import type { Phone } from '../kit/phone/use-phone.ts'
import { courierWords } from '../kit/words/courier/courier-words.ts'
import type { CourierId } from '../kit/words/courier/courier-words.ts'
import { useLanguage, useWords, WordsProvider } from '../kit/words/use-words.tsx'
import { CarryPage } from './carry/carry-page.tsx'
import type { Carry } from './carry/carried.ts'
import type { Asker } from './carry/asking.ts'
import { useAsker, useCarry } from './carry/use-carry.ts'
import type { Certificates } from './certificate/certificates.ts'
import { useCertificates, useNoCertificates } from './certificate/use-certificates.ts'
import { Home } from './home/home.tsx'
import { Me } from './home/me.tsx'
import { FindPage } from './kiosk/find-page.tsx'
import { Kiosk } from './kiosk/kiosk.tsx'
import { Recalls } from './lists/recalls.tsx'
import { Today } from './lists/today.tsx'
import { Cabinets } from './stops/cabinets.tsx'
import { ElsewherePage } from './stops/elsewhere.tsx'
import { RoundPage } from './stops/round-page.tsx'
import { createScans } from './scans/scans.ts'
import type { Scans } from './scans/scans.ts'
import { ScansPage } from './scans/scans-page.tsx'

export function CourierApp(): ReactNode {
  const phone = usePhone('courier')
  const words = useLanguage(courierWords, phone.kept.locale ?? courierWords.choose(navigator.languages))
  if (words === undefined) return null
  return (
    <WordsProvider words={words}>
      {phone.kept.signedIn ? <SignedIn phone={phone} /> : <Gate phone={phone} />}
    </WordsProvider>
  )
}

function Gate({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords<CourierId>()
  useNoCertificates()
  return (
    <SignIn
      client={phone.client}
      audience="courier"
      title={t('courier.title')}
      lead={t('courier.lead')}
      thrownOut={phone.thrownOut}
      languages={<LanguageSwitch languages={courierWords.languages} onChoose={(locale) => phone.keep({ locale })} />}
      onSignedIn={() => phone.keep({ signedIn: true })}
    />
  )
}

/** Lists and scans live as long as the session: the next person on this phone sees nothing of them. */
function SignedIn({ phone }: { readonly phone: Phone }): ReactNode {
  const { client } = phone
  const lists = useMemo(() => new QueryClient(), [])
  const carry = useCarry(client)
  const asker = useAsker(client)
  const certificates = useCertificates(client)
  const helpLine = useMemo(() => ({ client, audience: 'courier' }) as const, [client])
  const scans = useMemo(
    () => createScans({ send: (text, key) => client.send('/v1/courier/scans', { text }, { key }) }),
    [client],
  )
  return (
    <QueryClientProvider client={lists}>
      <HelpLineContext value={helpLine}>
        <Screen phone={phone} scans={scans} carry={carry} asker={asker} certificates={certificates} />
      </HelpLineContext>
    </QueryClientProvider>
  )
}

interface ScreenProps {
  readonly phone: Phone
  readonly scans: Scans
  readonly carry: Carry
  readonly asker: Asker
  readonly certificates: Certificates
}

const elsewhere = 'elsewhere/'

function Screen({ phone, scans, carry, asker, certificates }: ScreenProps): ReactNode {
  const route = useRoute()
  const code = readKioskCode(`#${route}`)
  if (code) {
    return (
      <Kiosk key={route} client={phone.client} code={code} certificates={certificates} onSignedIn={scans.clearSent} />
    )
  }
  if (route === 'scan') return <FindPage />
  if (route === 'parcels') return <ScansPage scans={scans} client={phone.client} />
  if (route === 'carry') return <CarryPage carry={carry} asker={asker} />
  if (route === 'today') return <Today client={phone.client} />
  if (route === 'recalls') return <Recalls client={phone.client} />
  if (route === 'cabinets') return <Cabinets client={phone.client} />
  if (route === 'round') return <RoundPage client={phone.client} />
  if (route.startsWith(elsewhere)) return <ElsewherePage client={phone.client} parcel={route.slice(elsewhere.length)} />
  if (route === 'me') return <Me phone={phone} />
  return <Home client={phone.client} carry={carry} />
}
