import type { House } from '../house/house.ts'
import { courierVisits } from '../people/courier.ts'
import { looksInto } from '../people/operator.ts'
import { recipientVisits } from '../people/recipient.ts'
import type { Town } from '../people/town.ts'
import { createChance } from '../seed/chance.ts'

export interface Scene {
  readonly town: Town
  readonly house: House
}

/** One thing that somebody does from beginning to end, the same way each time as far as no crash is in it. */
export type Flow = (scene: Scene) => Promise<void>

/** Whoever was lucky in trials: these draws go through without a slip of the finger or a change of mind. */
const steady = (town: Town, number: number): Town => ({ ...town, chance: createChance(number) })

const deposit: Flow = async ({ town }) => await courierVisits(steady(town, 11))

export const flows = {
  deposit,
  pickup: async ({ town }) => await recipientVisits(steady(town, 5)),
  'remote open': async ({ town }) => {
    const [door] = (await town.cloud.doors()) ?? []
    if (door !== undefined) await looksInto(steady(town, 3), door)
  },
  'code anew': async ({ town }) => void (await town.cloud.renew()),
  'settings change': async ({ town, house }) => {
    const path = `/v1/operator/cabinets/${town.identity.cabinet}/settings`
    await house.call(path, { method: 'PATCH', headers: house.staff, body: { screenOut: true } })
  },
} as const satisfies Readonly<Record<string, Flow>>

export type FlowName = keyof typeof flows

export const flowNames: readonly FlowName[] = ['deposit', 'pickup', 'remote open', 'code anew', 'settings change']

/** What must have happened before: something waits behind a door. */
export const before: Flow = deposit

/** After the flow: what follows by itself has time to follow. */
export const echoMs = 8_000
