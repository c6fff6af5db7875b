import { join } from 'node:path'
import type { TownCabinet } from '@holdfast/wire/town/town.ts'
import { type CabinetKey, cabinetKeys, cabinets } from '../plan/people.ts'
import type { TownPorts } from '../plan/secrets.ts'
import { openShelf } from '../plan/shelf.ts'
import type { TownActs } from '../page/server.ts'
import { type Cable, layCable } from './cable.ts'
import { openStreetCabinet, type StreetCabinet } from './cabinet.ts'
import { metalOf, metalSchema } from './metal.ts'
import { holdBeforeScanner } from './scanner.ts'

/** Everything in the demo that is metal, wire or hand: two cabinets, their scanners and their cables. */
export interface Street {
  readonly acts: Pick<TownActs, 'hand' | 'scan' | 'uplink'>
  /** As a passer-by sees it. */
  view(): readonly Omit<TownCabinet, 'kioskUrl'>[]
  subscribe(listener: () => void): void
  stop(): Promise<void>
}

export interface StreetOptions {
  readonly folder: string
  readonly ports: TownPorts
  readonly broker: { readonly host: string; readonly port: number }
}

interface Corner {
  readonly metal: StreetCabinet
  readonly cable: Cable
  readonly scanner: number
}

export async function openStreet({ folder, ports, broker }: StreetOptions): Promise<Street> {
  const listeners: (() => void)[] = []
  const changed = (): void => listeners.forEach((listener) => listener())
  const corners = new Map<string, Corner>()
  for (const key of cabinetKeys) {
    const { boards, scanner, cable } = ports[key]
    const metal = await openMetal(folder, key, boards)
    metal.subscribe(changed)
    corners.set(key, { metal, scanner, cable: await layCable(broker, cable) })
  }
  return {
    acts: {
      hand: ({ cabinet, label, act, thing }) => corners.get(cabinet)?.metal.act(label, act, thing) ?? false,
      scan: async ({ cabinet, text }) => {
        const corner = corners.get(cabinet)
        return corner !== undefined && (await holdBeforeScanner(corner.scanner, text))
      },
      uplink: ({ cabinet, cut }) => {
        corners.get(cabinet)?.cable.cut(cut)
        changed()
        return corners.has(cabinet)
      },
    },
    view: () => cabinetKeys.flatMap((key) => viewOf(key, corners.get(key))),
    subscribe: (listener) => void listeners.push(listener),
    stop: async () => {
      for (const { metal, cable } of corners.values()) await Promise.all([metal.stop(), cable.stop()])
    },
  }
}

async function openMetal(folder: string, key: CabinetKey, port: number): Promise<StreetCabinet> {
  const { family, layout } = cabinets[key]
  const shelf = openShelf(join(folder, 'street', `${key}.json`), metalSchema)
  const before = shelf.read()
  const metal = await openStreetCabinet({ family, layout, port, ...(before === undefined ? {} : { metal: before }) })
  let written = JSON.stringify(before ?? [])
  metal.subscribe(() => {
    const now = metalOf(metal.doors())
    if (JSON.stringify(now) === written) return
    written = JSON.stringify(now)
    shelf.write(now)
  })
  return metal
}

function viewOf(key: CabinetKey, corner: Corner | undefined): readonly Omit<TownCabinet, 'kioskUrl'>[] {
  if (corner === undefined) return []
  const { name, address, family, layout } = cabinets[key]
  const uplinkCut = corner.cable.isCut()
  return [{ key, name, address, board: family, layout, doors: [...corner.metal.doors()], uplinkCut }]
}
