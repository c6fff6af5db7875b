import { createContext, useContext } from 'react'
import type { Client } from '../../cloud/client.ts'

/** How whoever is signed in on this phone reaches the operator. */
export interface HelpLine {
  readonly client: Pick<Client, 'send'>
  readonly audience: 'recipient' | 'courier'
}

export const HelpLineContext = createContext<HelpLine | undefined>(undefined)

export const useHelpLine = (): HelpLine | undefined => useContext(HelpLineContext)
