import type { TownState } from '@holdfast/wire/town/town.ts'
import type { ReactNode } from 'react'
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
