import './town.css'
import { useState, type ReactNode } from 'react'
import { LanguageSwitch } from '../kit/controls/ask/language-switch.tsx'
import { Banner } from '../kit/controls/tell/banner.tsx'
import { townWords, type TownId } from '../kit/words/town/town-words.ts'
import { useLanguage, useWords, WordsProvider } from '../kit/words/use-words.tsx'
import { Arrivals } from './arrivals.tsx'
import { Guide } from './guide.tsx'
import { StreetCabinet } from './street-cabinet.tsx'
import { useTown, type TownFeed } from './use-town.ts'

/** The demo's front page: who lives here, what runs, the cabinets with their doors moving, and what arrives. */
export function Town(): ReactNode {
  const [locale, choose] = useState(() => townWords.choose(navigator.languages))
  const words = useLanguage(townWords, locale)
  const feed = useTown()
  if (words === undefined) return null
  return (
    <WordsProvider words={words}>
      <header className="town-head">
        <h1>{words.t('town.title')}</h1>
        <p>{words.t('town.lead')}</p>
        <LanguageSwitch languages={townWords.languages} onChoose={choose} />
      </header>
      <main className="town">
        <Street feed={feed} />
      </main>
    </WordsProvider>
  )
}

function Street({ feed: { state, connected } }: { readonly feed: TownFeed }): ReactNode {
  const words = useWords<TownId>()
  if (state === undefined) return <p role="status">{words.t('town.loading')}</p>
  return (
    <>
      {!connected && <Banner tone="act" title={words.t('town.away')} />}
      <Guide state={state} />
      <div className="town-street">
        <div className="town-cabinets">
          {state.cabinets.map((cabinet) => (
            <StreetCabinet key={cabinet.key} cabinet={cabinet} labels={state.labels} />
          ))}
        </div>
        <Arrivals messages={state.messages} webhooks={state.webhooks} />
      </div>
    </>
  )
}
