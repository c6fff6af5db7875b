import { createContext, useContext } from 'react'
import type { Staff } from '@holdfast/wire/http/people.ts'
import type { Client } from '../../kit/cloud/client.ts'
import type { LiveState } from '../../kit/cloud/live.ts'
import type { Recent } from '../cloud/recent.ts'

/** What every screen of a signed-in person needs. */
export interface DeskView {
  readonly client: Client
  readonly me: Staff | undefined
  readonly live: LiveState
  readonly recent: Recent
}

export const DeskContext = createContext<DeskView | undefined>(undefined)

export function useDesk(): DeskView {
  const desk = useContext(DeskContext)
  if (desk === undefined) throw new Error('useDesk needs a Desk above')
  return desk
}

/** Viewers look; the others act. The cloud judges again. */
export const mayAct = (me: Staff | undefined): boolean => me !== undefined && me.role !== 'viewer'
