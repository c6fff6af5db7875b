import './operator.css'
import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { createClient } from '../kit/cloud/client.ts'
import type { Client } from '../kit/cloud/client.ts'
import { WordsProvider, useLanguage } from '../kit/words/use-words.tsx'
import { operatorWords } from '../kit/words/operator/operator-words.ts'
import { createQueries } from './cloud/ask.ts'
import { readChoices, showTheme, writeChoices } from './desk/choices.ts'
import type { Choices } from './desk/choices.ts'
import { Desk } from './desk/desk.tsx'
import { readWelcome, to } from './desk/route.ts'
import { SignIn } from './sign-in.tsx'
import { Welcome } from './welcome.tsx'

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
            // Several questions are refused at once; the first of them finds somebody signed in.
            if (before.signedIn) setThrownOut(true)
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
        <Face
          client={client}
          choices={choices}
          choose={choose}
          thrownOut={thrownOut}
          onIn={() => setThrownOut(false)}
        />
      </QueryClientProvider>
    </WordsProvider>
  )
}

interface FaceProps {
  readonly client: Client
  readonly choices: Choices
  readonly choose: (change: Partial<Choices>) => void
  readonly thrownOut: boolean
  readonly onIn: () => void
}

/** The desk for whoever is signed in, the way in for others, and before both what a one-time link asks. */
function Face({ client, choices, choose, thrownOut, onIn }: FaceProps): ReactNode {
  const [welcome, setWelcome] = useState(() => readWelcome(location.hash))
  const onLocale = (locale: string): void => choose({ locale })
  const enter = (): void => {
    onIn()
    choose({ signedIn: true })
  }
  if (welcome !== undefined) {
    const done = (signedIn: boolean): void => {
      // A link that was used is not to be found in the history of a shared computer.
      location.replace(to.overview)
      setWelcome(undefined)
      if (signedIn) enter()
    }
    return <Welcome client={client} token={welcome} onLocale={onLocale} onDone={done} />
  }
  if (choices.signedIn) return <Desk client={client} choices={choices} choose={choose} />
  return <SignIn client={client} thrownOut={thrownOut} onLocale={onLocale} onSignedIn={enter} />
}
