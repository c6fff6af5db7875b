import type { DepositId } from '@holdfast/core/values/ids.ts'
import type { OrderView, CabinetView } from '@holdfast/wire/http/cabinets.ts'
import { readId } from '@holdfast/core/values/ids.ts'
import type { CloudSide, DoorKnown } from '../../cloud/side.ts'
import type { Chance } from '../../seed/chance.ts'
import type { Identity } from '../../street.ts'
import type { Headers } from '../calls.ts'
import type { House } from '../house.ts'

export interface DeskPorts {
  readonly house: House
  readonly identity: Identity
  readonly chance: Chance
  /** What waits here, and whose it is. */
  readonly waiting: () => readonly { readonly deposit: DepositId; readonly phone: string }[]
  readonly signIn: (phone: string, audience: 'recipient') => Promise<Headers | undefined>
}

const answerWithinMs = 12_000

/** The operator's desk, and a recipient who has lost his code. */
export function createDesk(ports: DeskPorts): Pick<CloudSide, 'doors' | 'act' | 'renew'> {
  const { house, identity } = ports
  const { call, staff } = house
  const path = `/v1/operator/cabinets/${identity.cabinet}`
  let wishes = 0
  return {
    doors: async () => {
      const reply = await call(path, { headers: staff })
      if (reply?.status !== 200) return undefined
      const view: CabinetView = JSON.parse(JSON.stringify(reply.json))
      return view.compartments.flatMap(({ id, epoch, use }): readonly DoorKnown[] => {
        const door = readId('compartment', id)
        return door === undefined ? [] : [{ id: door, epoch, use }]
      })
    },
    act: async (kind, { id: compartment, epoch }, seen) => {
      wishes += 1
      const reason = `wish ${wishes}`
      const body = { kind, compartment, epoch, reason, ...(kind === 'inspect' ? { seen } : {}) }
      const asked = await call(`${path}/orders`, { headers: staff, body })
      if (asked === undefined) return 'offline'
      if (asked.status !== 202) return 'not taken'
      return await outcomeOf(house, String(asked.json['order']))
    },
    renew: async () => await renews(ports),
  }
}

/** As the desk's page shows it, asked anew until it says something. */
async function outcomeOf({ call, clock, staff }: House, order: string): Promise<string> {
  for (const until = clock.now() + answerWithinMs; clock.now() < until; await clock.sleep(500)) {
    const reply = await call(`/v1/operator/orders/${order}`, { headers: staff })
    if (reply?.status !== 200) continue
    const { state, refusal }: OrderView = JSON.parse(JSON.stringify(reply.json))
    if (state === 'refused') return refusal ?? state
    if (state === 'accepted' || state === 'opened' || state === 'not-opened') return 'accepted'
    if (state !== 'asked' && state !== 'sent') return state
  }
  return 'silence'
}

async function renews({ house, chance, waiting, signIn }: DeskPorts): Promise<string | undefined> {
  const one = chance.pick(waiting())
  const headers = one === undefined ? undefined : await signIn(one.phone, 'recipient')
  if (one === undefined || headers === undefined) return undefined
  const reply = await house.call('/v1/recipient/parcels', { headers })
  const list: { readonly waiting?: readonly { readonly id: string; readonly deposit: string | null }[] } =
    reply?.json ?? {}
  const parcel = list.waiting?.find(({ deposit }) => deposit === one.deposit)?.id
  if (parcel === undefined) return undefined
  const asked = await house.call(`/v1/recipient/parcels/${parcel}/new-code`, { method: 'POST', headers })
  return asked === undefined ? 'offline' : `asked ${asked.status}`
}
