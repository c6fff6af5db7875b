import './gallery.css'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '../kit/controls/ask/language-switch.tsx'
import { WordsProvider, useLanguage } from '../kit/words/use-words.tsx'
import { kioskWords } from '../kit/words/kiosk/kiosk-words.ts'
import { Controls } from './controls.tsx'
import { Drawings } from './drawings.tsx'
import { Scanning } from './scanning.tsx'

export interface GalleryProps {
  readonly locale: string
  /** 'drawings', 'controls', 'scan' or 'all'. */
  readonly page: string
}

/** Everything of the kit in every state, in every language: the designer's bench, and what axe looks at. */
export function Gallery({ locale, page }: GalleryProps): ReactNode {
  const [chosen, choose] = useState(locale)
  const words = useLanguage(kioskWords, chosen)
  if (words === undefined) return null
  return (
    <WordsProvider words={words}>
      <main className="gallery">
        <header>
          <h1>Holdfast</h1>
          <LanguageSwitch languages={kioskWords.languages} onChoose={choose} />
        </header>
        {(page === 'all' || page === 'drawings') && <Drawings />}
        {(page === 'all' || page === 'controls') && <Controls />}
        {page === 'scan' && <Scanning />}
      </main>
    </WordsProvider>
  )
}
