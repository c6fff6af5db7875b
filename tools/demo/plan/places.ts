import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { openShelf, type Shelf } from './shelf.ts'

const placesSchema = Type.Object({
  /** The town's own process, and those of its parts. */
  pid: Type.Integer(),
  parts: Type.Array(Type.Integer()),
  page: Type.String(),
  cloud: Type.String(),
  inbox: Type.String(),
  apiKey: Type.String(),
  gatewaySecret: Type.String(),
  kiosks: Type.Object({ north: Type.String(), library: Type.String() }),
})
/** Where everything is while the town runs: for the tour, for journeys, and for the next start. */
export type Places = Static<typeof placesSchema>

export const openPlaces = (folder: string): Shelf<Places> => openShelf(join(folder, 'running.json'), placesSchema)

/** Whether a process of this number is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
