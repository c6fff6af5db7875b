import './operator.css'
import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { createClient } from '../kit/cloud/client.ts'
import { WordsProvider, useLanguage } from '../kit/words/use-words.tsx'
import { operatorWords } from '../kit/words/operator/operator-words.ts'
import { createQueries } from './cloud/ask.ts'
import { readChoices, showTheme, writeChoices } from './desk/choices.ts'
import type { Choices } from './desk/choices.ts'
import { Desk } from './desk/desk.tsx'
import { SignIn } from './sign-in.tsx'

/** The whole dashboard: choices kept in this browser, a session in its cookie, words, and one of two faces. */
export function Operator(): ReactNode {
  const [choices, setChoices] = useState<Choices>(readChoices)
  const [thrownOut, setThrownOut] = useState(false)
  const locale = choices.locale ?? operatorWords.choose(navigator.languages)
  const words = useLanguage(operatorWords, locale)
  const queries = useMemo(createQueries, [])
  const client = useMemo(
    () =>
      createClient({
        onSignedOut: () => {
          setChoices((before) => {
            setThrownOut(before.signedIn)
            return { ...before, signedIn: false }
          })
        },
      }),
    [],
  )
  useEffect(() => writeChoices(choices), [choices])
  useEffect(() => showTheme(choices.theme), [choices.theme])
  useEffect(() => {
    // What one person saw is not there for the next.
    if (!choices.signedIn) queries.clear()
  }, [choices.signedIn, queries])
  const choose = (change: Partial<Choices>): void => setChoices((before) => ({ ...before, ...change }))
  if (words === undefined) return null
  return (
    <WordsProvider words={words}>
      <QueryClientProvider client={queries}>
        {choices.signedIn ? (
          <Desk client={client} choices={choices} choose={choose} />
        ) : (
          <SignIn
            client={client}
            thrownOut={thrownOut}
            onLocale={(chosen) => choose({ locale: chosen })}
            onSignedIn={() => {
              setThrownOut(false)
              choose({ signedIn: true })
            }}
          />
        )}
      </QueryClientProvider>
    </WordsProvider>
  )
}
