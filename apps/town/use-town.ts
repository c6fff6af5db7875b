import type { TownState } from '@holdfast/wire/town/town.ts'
import { useEffect, useState } from 'react'

export interface TownFeed {
  readonly state: TownState | undefined
  readonly connected: boolean
}

/** The whole town, again with every change; the browser reconnects by itself. */
export function useTown(): TownFeed {
  const [feed, setFeed] = useState<TownFeed>({ state: undefined, connected: false })
  useEffect(() => {
    const source = new EventSource('/town/live')
    source.addEventListener('state', (event: MessageEvent<string>) => {
      // The page comes from the very server that speaks here.
      const state: TownState = JSON.parse(event.data)
      setFeed({ state, connected: true })
    })
    source.addEventListener('error', () => {
      setFeed((last) => ({ ...last, connected: false }))
    })
    return () => {
      source.close()
    }
  }, [])
  return feed
}

export type TownAct = 'hand' | 'scan' | 'uplink' | 'reply'

/** False where the world does not allow it: a shut door takes nothing in. */
export async function askTown(act: TownAct, body: object): Promise<boolean> {
  try {
    const reply = await fetch(`/town/${act}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return reply.ok
  } catch {
    return false
  }
}
