import { useEffect, useMemo, useState } from 'react'
import { applyAccess } from '../controls/ask/access-buttons.tsx'
import { createClient } from '../cloud/client.ts'
import type { Client } from '../cloud/client.ts'
import { recall, remember } from './remembered.ts'
import type { Remembered } from './remembered.ts'

export interface Phone {
  readonly client: Client
  readonly kept: Remembered
  readonly keep: (change: Partial<Remembered>) => void
  /** The cloud said so in the midst of something: worth a word on the sign-in page. */
  readonly thrownOut: boolean
}

interface State {
  readonly kept: Remembered
  readonly thrownOut: boolean
}

/** One phone's session and choices, kept for `app`. */
export function usePhone(app: string): Phone {
  const [{ kept, thrownOut }, set] = useState<State>(() => ({ kept: recall(app), thrownOut: false }))
  useEffect(() => {
    remember(app, kept)
    applyAccess(kept.access)
  }, [app, kept])
  // A wrong message code is a 401 as well, but nobody was signed in then.
  const client = useMemo(
    () =>
      createClient({
        onSignedOut: () =>
          set((before) => ({
            kept: { ...before.kept, signedIn: false },
            thrownOut: before.thrownOut || before.kept.signedIn,
          })),
      }),
    [],
  )
  const keep = (change: Partial<Remembered>): void =>
    set((before) => ({
      kept: { ...before.kept, ...change },
      thrownOut: before.thrownOut && change.signedIn === undefined,
    }))
  return { client, kept, keep, thrownOut }
}
