import type { ReactNode } from 'react'
import { type Client, createClient } from '../kit/cloud/client.ts'
import { type FakeReply, judge } from '../kit/phone/testing/cloud.testing.ts'
import { type Stage, useStage } from '../kit/testing/stage.testing.ts'
import { recipientWords } from '../kit/words/recipient/recipient-words.ts'
import { WordsProvider } from '../kit/words/use-words.tsx'
import { type RecipientTown, aTown, recipientRoutes } from './cloud.testing.ts'

export type Ending = 'offline' | 'never' | FakeReply

export interface PhoneStage {
  readonly stage: Stage
  /** Draws a screen of a signed-in recipient; the town is read by the cloud, and may be changed before. */
  readonly open: (screen: (client: Client) => ReactNode, around?: Around) => Promise<Opened>
}

interface Around {
  readonly town?: (town: RecipientTown) => void
  readonly locale?: string
  readonly ends?: Readonly<Record<string, Ending>>
}

export interface Opened {
  readonly town: RecipientTown
  readonly violations: readonly string[]
  readonly calls: readonly { readonly at: string; readonly body: unknown }[]
  /** From now on such a call ends so; without an ending, as usual again. */
  readonly ends: (at: string, ending?: Ending) => void
}

export function useRecipientStage(): PhoneStage {
  const stage = useStage()
  const open: PhoneStage['open'] = async (screen, { town: change, locale = 'en', ends = {} } = {}) => {
    const town = aTown()
    change?.(town)
    const violations: string[] = []
    const calls: { at: string; body: unknown }[] = []
    const endings = new Map(Object.entries(ends))
    const judged = judge(recipientRoutes(town), violations)
    const fetch: typeof globalThis.fetch = async (address, init = {}) => {
      const path = typeof address === 'string' ? address.replace(/\?.*/, '') : ''
      const at = `${init.method} ${path}`
      const text = typeof init.body === 'string' ? init.body : ''
      calls.push({ at, body: text === '' ? undefined : JSON.parse(text) })
      const ending = endings.get(at) ?? endings.get(path)
      if (ending === 'offline') throw new TypeError('no network')
      if (ending === 'never') return new Promise(() => undefined)
      const key = new Headers(init.headers).get('idempotency-key') ?? undefined
      const { status, body } = ending ?? judged({ at, text, key, signedIn: true })
      return new Response(body === undefined || status === 204 ? null : JSON.stringify(body), { status })
    }
    const words = await recipientWords.load(locale)
    await stage.draw(<WordsProvider words={words}>{screen(createClient({ fetch }))}</WordsProvider>)
    return {
      town,
      violations,
      calls,
      ends: (at, ending) => (ending === undefined ? void endings.delete(at) : void endings.set(at, ending)),
    }
  }
  return { stage, open }
}
