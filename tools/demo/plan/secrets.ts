import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { type ChosenPort, choosePort } from '../street/ports.ts'
import { openShelf } from './shelf.ts'

const port = Type.Integer({ minimum: 1, maximum: 65_535 })
const perCabinet = Type.Object({ kiosk: port, boards: port, scanner: port, cable: port })
const portsSchema = Type.Object({
  page: port,
  cloud: port,
  broker: port,
  inbox: port,
  north: perCabinet,
  library: perCabinet,
})
/** Where everything in the town listens, all on 127.0.0.1. */
export type TownPorts = Static<typeof portsSchema>

const keptSchema = Type.Object({
  version: Type.Literal(1),
  apiKey: Type.String(),
  gatewaySecret: Type.String(),
  claimTokens: Type.Object({ north: Type.String(), library: Type.String() }),
  ports: portsSchema,
})
/** What must be the same when the town is started again. */
export type Kept = Static<typeof keptSchema>

const usual: TownPorts = {
  page: 4600,
  cloud: 4610,
  broker: 4611,
  inbox: 4612,
  north: { kiosk: 4621, boards: 4622, scanner: 4623, cable: 4624 },
  library: { kiosk: 4631, boards: 4632, scanner: 4633, cable: 4634 },
}

export interface Recalled {
  readonly kept: Kept
  /** What was in use, in words. */
  readonly moved: readonly string[]
}

/** Reads what the town was, or draws it anew; ports move only where another program took them. */
export async function recallTown(folder: string, anyPorts: boolean): Promise<Recalled> {
  const shelf = openShelf(join(folder, 'town.json'), keptSchema)
  const known = shelf.read()
  const moved: string[] = []
  const taken = new Set<number>()
  const choose = async (name: string, wanted: number): Promise<number> => {
    const chosen: ChosenPort = await choosePort(anyPorts && known === undefined ? 0 : wanted, taken)
    taken.add(chosen.port)
    if (chosen.moved) moved.push(`port ${wanted} is in use: ${name} listens on ${chosen.port}`)
    return chosen.port
  }
  const kept: Kept = {
    version: 1,
    apiKey: known?.apiKey ?? `hfk_${randomBytes(24).toString('base64url')}`,
    gatewaySecret: known?.gatewaySecret ?? randomBytes(24).toString('base64url'),
    claimTokens: known?.claimTokens ?? { north: token(), library: token() },
    ports: await choosePorts(known?.ports ?? usual, choose),
  }
  shelf.write(kept)
  return { kept, moved }
}

const token = (): string => randomBytes(18).toString('base64url')

type Choose = (name: string, wanted: number) => Promise<number>

async function choosePorts(wanted: TownPorts, choose: Choose): Promise<TownPorts> {
  const around = async (name: string, places: Static<typeof perCabinet>) => ({
    kiosk: await choose(`the ${name} kiosk`, places.kiosk),
    boards: await choose(`the ${name} boards`, places.boards),
    scanner: await choose(`the ${name} scanner`, places.scanner),
    cable: await choose(`the ${name} cable`, places.cable),
  })
  return {
    page: await choose('the town page', wanted.page),
    cloud: await choose('the cloud', wanted.cloud),
    broker: await choose('the broker', wanted.broker),
    inbox: await choose("the carrier's inbox", wanted.inbox),
    north: await around('North Gate', wanted.north),
    library: await around('Library', wanted.library),
  }
}
