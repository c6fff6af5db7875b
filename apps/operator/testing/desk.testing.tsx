import type { ReactNode } from 'react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { LiveEventName } from '@holdfast/wire/http/live.ts'
import { createClient } from '../../kit/cloud/client.ts'
import type { Client } from '../../kit/cloud/client.ts'
import type { LiveState } from '../../kit/cloud/live.ts'
import { type Stage, noon, useStage } from '../../kit/testing/stage.testing.ts'
import { operatorWords } from '../../kit/words/operator/operator-words.ts'
import { WordsProvider } from '../../kit/words/use-words.tsx'
import { isWorthRetrying } from '../cloud/ask.ts'
import { takeLive } from '../cloud/live-cache.ts'
import { parseLive } from '../cloud/parse-live.ts'
import { type Recent, createRecent } from '../cloud/recent.ts'
import { DeskContext } from '../desk/use-desk.ts'
import { judge } from './judge.testing.ts'
import { type Call, type Reply, operatorRoutes, refuses } from './routes.testing.ts'
import { type Scene, sceneAt } from './scene.testing.ts'

/** How a call may end instead of what the scene would answer. */
export type Ending = 'offline' | 'lost' | 'never' | 'broken' | Reply

/** A cloud in this process, judged by wire's schemas; any call can be made to end otherwise. */
export function deskCloud(scene: Scene) {
  const violations: string[] = []
  const calls: Call[] = []
  const told: { readonly type: LiveEventName; readonly data: unknown }[] = []
  const endings: { readonly at: RegExp; readonly ending: Ending }[] = []
  const judged = judge(
    operatorRoutes(scene, (type, data) => void told.push({ type, data })),
    violations,
  )
  const fetch = async (address: Parameters<typeof globalThis.fetch>[0], init: RequestInit = {}): Promise<Response> => {
    const url = new URL(typeof address === 'string' ? address : '/', 'https://cloud.example')
    const call: Call = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      key: new Headers(init.headers).get('idempotency-key') ?? undefined,
      params: [],
    }
    calls.push(call)
    const ending = endings.find(({ at }) => at.test(`${call.method} ${call.path}`))?.ending
    if (ending === 'offline') throw new TypeError('Failed to fetch')
    if (ending === 'never') return new Promise(() => undefined)
    if (ending === 'broken') return new Response('<html>502</html>', { status: 502 })
    const { status, body } = typeof ending === 'object' ? ending : judged(call)
    if (ending === 'lost') throw new TypeError('network connection was lost')
    return new Response(body === undefined ? null : JSON.stringify(body), { status })
  }
  return {
    violations,
    calls,
    told,
    fetch,
    /** From now on such calls end so; without an ending, as usual again. */
    ends: (at: RegExp, ending?: Ending) => {
      const kept = endings.filter((one) => one.at.source !== at.source)
      endings.splice(0, endings.length, ...kept, ...(ending === undefined ? [] : [{ at, ending }]))
    },
    sent: (at: RegExp) => calls.filter(({ method, path }) => at.test(`${method} ${path}`)),
  }
}

export const refusal = (status: number, code: string): Reply => refuses(status, code, `The cloud says ${code}.`)

export type DeskCloud = ReturnType<typeof deskCloud>

interface Around {
  readonly scene?: (scene: Scene) => void
  readonly locale?: string
  readonly live?: LiveState
  readonly ends?: readonly (readonly [RegExp, Ending])[]
}

export interface DeskStage {
  readonly stage: Stage
  /** Draws one screen as a signed-in person has it. */
  readonly open: (screen: ReactNode, around?: Around) => Promise<Opened>
}

export interface Opened {
  readonly cloud: DeskCloud
  readonly scene: Scene
  readonly recent: Recent
  readonly client: Client
  /** Tells the page what the stream would. */
  readonly hear: (type: LiveEventName, data: unknown) => Promise<void>
}

export const deskNow = noon

export function useDeskStage(): DeskStage {
  const stage = useStage()
  const open = async (screen: ReactNode, around: Around = {}): Promise<Opened> => {
    const scene = sceneAt(deskNow)
    around.scene?.(scene)
    const cloud = deskCloud(scene)
    for (const [at, ending] of around.ends ?? []) cloud.ends(at, ending)
    const client = createClient({ fetch: cloud.fetch })
    const recent = createRecent()
    const queries = new QueryClient({
      defaultOptions: { queries: { retry: isWorthRetrying, retryDelay: 1, networkMode: 'always' } },
    })
    const words = await operatorWords.load(around.locale ?? 'en')
    const desk = { client, me: scene.me, live: around.live ?? 'live', recent } as const
    await stage.draw(
      <WordsProvider words={words}>
        <QueryClientProvider client={queries}>
          <DeskContext value={desk}>{screen}</DeskContext>
        </QueryClientProvider>
      </WordsProvider>,
    )
    const hear = (type: LiveEventName, data: unknown): Promise<void> =>
      stage.let(() => {
        const news = parseLive({ id: '1', type, data })
        if (news !== undefined) takeLive(queries, recent, news)
      })
    return { cloud, scene, recent, client, hear }
  }
  return { stage, open }
}
