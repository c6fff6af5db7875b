import type { TownState } from '@holdfast/wire/town/town.ts'
import type { ReactNode } from 'react'
import { QrCode } from '../kit/controls/tell/qr-code.tsx'
import type { TownId } from '../kit/words/town/town-words.ts'
import { useWords } from '../kit/words/use-words.tsx'

/** Where everything is, who everybody is, and what runs. */
export function Guide({ state }: { readonly state: TownState }): ReactNode {
  const words = useWords<TownId>()
  return (
    <section className="town-guide" aria-label={words.t('town.guide')}>
      <div className="town-card">
        <h2>{words.t('town.screens')}</h2>
        <ul className="town-links">
          {state.links.map(({ name, url }) => (
            <li key={url}>
              <a href={url} target="_blank" rel="noreferrer">
                {words.find(`town.screen.${name}`) ?? name}
              </a>
            </li>
          ))}
        </ul>
      </div>
      {state.phones.length > 0 && <Phones phones={state.phones} />}
      <div className="town-card">
        <h2>{words.t('town.people')}</h2>
        <dl className="town-people">
          {state.people.map(({ role, name, signIn }) => (
            <div key={`${role}/${signIn}`}>
              <dt>
                {name} <span>{words.find(`town.role.${role}`) ?? role}</span>
              </dt>
              <dd>{signIn}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="town-card">
        <h2>{words.t('town.parts')}</h2>
        <dl className="town-people">
          {state.parts.map(({ name, state: running, detail }) => (
            <div key={name}>
              <dt>
                {name} <span>{words.t(`town.part.${running}`)}</span>
              </dt>
              <dd>{detail}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  )
}

/** A real phone in the same network becomes the courier's or the recipient's. */
function Phones({ phones }: { readonly phones: TownState['phones'] }): ReactNode {
  const words = useWords<TownId>()
  return (
    <div className="town-card">
      <h2>{words.t('town.phones')}</h2>
      <p>{words.t('town.phones.what')}</p>
      <ul className="town-phones">
        {phones.map(({ name, url }) => (
          <li key={url}>
            <QrCode text={url} label={words.find(`town.screen.${name}`) ?? name} />
            <span>{words.find(`town.screen.${name}`) ?? name}</span>
            <code>{url}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
