import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Client, createClient } from '../kit/cloud/client.ts'
import { judge } from '../kit/phone/testing/cloud.testing.ts'
import { type Stage, useStage } from '../kit/testing/stage.testing.ts'
import { courierWords } from '../kit/words/courier/courier-words.ts'
import { WordsProvider } from '../kit/words/use-words.tsx'
import { aTown, courierRoutes, type CourierTown } from './cloud.testing.ts'

export interface CourierStage {
  readonly stage: Stage
  /** Draws a screen of a signed-in courier before a town that may be changed first. */
  readonly open: (screen: (client: Client) => ReactNode, around?: Around) => Promise<OpenedPhone>
}

interface Around {
  readonly town?: (town: CourierTown) => void
  readonly locale?: string
}

export interface OpenedPhone {
  readonly town: CourierTown
  readonly violations: readonly string[]
  readonly calls: readonly { readonly at: string; readonly body: unknown }[]
}

export function useCourierStage(): CourierStage {
  const stage = useStage()
  const open: CourierStage['open'] = async (screen, { town: change, locale = 'en' } = {}) => {
    const town = aTown()
    change?.(town)
    const violations: string[] = []
    const calls: { at: string; body: unknown }[] = []
    const judged = judge(courierRoutes(town), violations)
    const fetch: typeof globalThis.fetch = async (address, init = {}) => {
      const at = `${init.method} ${typeof address === 'string' ? address.replace(/\?.*/, '') : ''}`
      const text = typeof init.body === 'string' ? init.body : ''
      calls.push({ at, body: text === '' ? undefined : JSON.parse(text) })
      const key = new Headers(init.headers).get('idempotency-key') ?? undefined
      const { status, body } = judged({ at, text, key, signedIn: true })
      return new Response(body === undefined || status === 204 ? null : JSON.stringify(body), { status })
    }
    const words = await courierWords.load(locale)
    await stage.draw(
      <QueryClientProvider client={new QueryClient()}>
        <WordsProvider words={words}>{screen(createClient({ fetch }))}</WordsProvider>
      </QueryClientProvider>,
    )
    return { town, violations, calls }
  }
  return { stage, open }
}
