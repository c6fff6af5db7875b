import type { ReactNode } from 'react'
import type { Courier } from '@holdfast/wire/http/people.ts'
import { AccessButtons } from '../../kit/controls/ask/access-buttons.tsx'
import { LanguageSwitch } from '../../kit/controls/ask/language-switch.tsx'
import { Progress } from '../../kit/controls/tell/progress.tsx'
import { Page } from '../../kit/phone/page.tsx'
import { SignOut } from '../../kit/phone/sign-out.tsx'
import type { Phone } from '../../kit/phone/use-phone.ts'
import { courierWords } from '../../kit/words/courier/courier-words.ts'
import type { CourierId } from '../../kit/words/courier/courier-words.ts'
import { useWords } from '../../kit/words/use-words.tsx'
import { Trouble } from '../lists/list-page.tsx'
import { useSeen } from '../lists/seen.ts'
import { Tabs } from './tabs.tsx'

/** Who I am to whom, how the app speaks and looks, and the way out. */
export function Me({ phone }: { readonly phone: Phone }): ReactNode {
  const { t } = useWords<CourierId>()
  const seen = useSeen<Courier>(phone.client, '/v1/courier/me')
  const me = seen.good?.value
  return (
    <Page title={me?.name ?? t('courier.tab.me')} foot={<Tabs current="me" />}>
      <Trouble seen={seen} />
      {me === undefined && !seen.failure && <Progress />}
      {me && (
        <section className="hf-stack" aria-labelledby="employments">
          <h2 id="employments">{t('courier.worksFor')}</h2>
          {me.employments.length === 0 && <p>{t('courier.worksFor.none')}</p>}
          {me.employments.map(({ carrier, carrierName, outlet }) => (
            <div key={carrier + outlet} className="hf-card">
              <strong>{carrierName}</strong>
              {outlet !== null && <span className="hf-muted">{outlet}</span>}
            </div>
          ))}
        </section>
      )}
      <section className="hf-stack" aria-labelledby="language">
        <h2 id="language">{t('control.language')}</h2>
        <LanguageSwitch languages={courierWords.languages} onChoose={(locale) => phone.keep({ locale })} />
      </section>
      <section className="hf-stack" aria-labelledby="display">
        <h2 id="display">{t('phone.display')}</h2>
        <AccessButtons access={phone.kept.access} onChange={(access) => phone.keep({ access })} />
      </section>
      <SignOut phone={phone} audience="courier" {...(me ? { who: me.phoneMasked } : {})} />
    </Page>
  )
}
