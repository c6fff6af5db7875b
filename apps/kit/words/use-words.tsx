import { createContext, useContext, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { KitId } from './kit/kit-id.ts'
import type { Words } from './create-words.ts'
import type { WordSource } from './word-source.ts'

const Current = createContext<Words | undefined>(undefined)

export interface WordsProviderProps {
  readonly words: Words
  readonly children: ReactNode
}

/** Gives words to everything below and keeps the page's own language true. */
export function WordsProvider({ words, children }: WordsProviderProps): ReactNode {
  useEffect(() => {
    document.documentElement.lang = words.locale
  }, [words.locale])
  return <Current.Provider value={words}>{children}</Current.Provider>
}

/** The words around this component; an app names its own ids: `useWords<KioskId>()`. */
export function useWords<Id extends string = KitId>(): Words<Id> {
  const words = useContext(Current)
  if (words === undefined) throw new Error('useWords needs a WordsProvider above')
  return words
}

/** Loads `locale` from `source`; keeps the old words on screen until the new ones are there. */
export function useLanguage<Id extends string>(source: WordSource<Id>, locale: string): Words<Id> | undefined {
  const [words, setWords] = useState<Words<Id>>()
  useEffect(() => {
    let current = true
    void source.load(locale).then((loaded) => {
      if (current) setWords(loaded)
    })
    return () => {
      current = false
    }
  }, [source, locale])
  return words
}
