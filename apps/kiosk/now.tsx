import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import type { Voice } from '../kit/voice.ts'
import type { KioskId } from '../kit/words/kiosk/kiosk-words.ts'
import { useWords } from '../kit/words/use-words.tsx'
import type { Words } from '../kit/words/create-words.ts'

/** What every screen may look at. */
export interface Now {
  readonly site: Site
  readonly show: Show
  readonly send: (touch: Touch) => void
  readonly voice: Voice
}

const Current = createContext<Now | undefined>(undefined)

export function NowProvider({ now, children }: { readonly now: Now; readonly children: ReactNode }): ReactNode {
  return <Current.Provider value={now}>{children}</Current.Provider>
}

export function useNow(): Now {
  const now = useContext(Current)
  if (now === undefined) throw new Error('useNow needs a NowProvider above')
  return now
}

export const useKioskWords = (): Words<KioskId> => useWords<KioskId>()

/** What stands on a door: 'A07'. */
export const labelOf = ({ layout }: Pick<Site, 'layout'>, compartment: string): string =>
  layout.compartments.find(({ id }) => id === compartment)?.label ?? ''

/** Whom to call; every cabinet has somebody once it is set up. */
export const phoneOf = ({ place }: Pick<Site, 'place'>): string => place?.complaintPhone ?? ''
