import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { CodeTags } from '@holdfast/core/cabinet/events.ts'
import { nextGeneration } from '@holdfast/core/cabinet/orders.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { CabinetId, DepositId } from '@holdfast/core/values/ids.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { PrivatePart } from '@holdfast/wire/journal/events.ts'
import { depositSeal } from '@holdfast/wire/journal/private.ts'
import { type CodeKeys, drawCodes, type PickupCode } from '@holdfast/wire/seals/codes.ts'
import type { PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { CodeRequest, Verdict } from '../loop/loop.ts'
import type { Beside } from '../loop/machine.ts'
import { tagsOf } from './tags.ts'

export interface DrawPorts {
  readonly cabinet: CabinetId
  readonly state: () => Cabinet
  readonly seals: Seals
  readonly keys: CodeKeys
  readonly sealTo: PublicKey
  readonly submit: (commands: readonly CabinetCommand[], beside?: Beside) => Verdict
}

export interface CodeDesk {
  prepare(request: CodeRequest): Promise<Verdict>
  /** The next generation; the command is made from it once it is drawn, in the order of the calls. */
  renew(deposit: DepositId, command: (code: CodeTags) => CabinetCommand, beside: Beside): Promise<Verdict>
  seal(deposit: DepositId, part: PrivatePart): Promise<Uint8Array>
}

interface Drawn {
  readonly codes: readonly CodeTags[]
  readonly blob: Uint8Array
}

interface Draw {
  readonly deposit: DepositId
  readonly generations: readonly number[]
  readonly tail: string | null
  readonly part: PrivatePart
}

export const firstGenerations = [0, 1] as const

/** Plain codes live from the draw to the sealing, in this file, and nowhere else. */
export function createCodeDesk(ports: DrawPorts): CodeDesk {
  const { seals, keys, state, submit } = ports
  let renewals: Promise<unknown> = Promise.resolve()

  const seal = (deposit: DepositId, part: PrivatePart): Promise<Uint8Array> =>
    seals.seal(ports.sealTo, depositSeal(ports.cabinet, deposit), toCanonical(part))

  const draw = async ({ deposit, generations, tail, part }: Draw): Promise<Drawn> => {
    for (;;) {
      const plain = drawCodes(seals.random, generations.length)
      const codes = await Promise.all(plain.map((code, i) => tagsFor(code, generations[i] ?? 0, tail)))
      const named = plain.map((code, i) => ({ generation: generations[i] ?? 0, code }))
      const blob = await seal(deposit, { ...part, codes: named })
      // Asked last and without a pause before the submit: no other draw can come between (law 7).
      if (areFresh(state(), codes)) return { codes, blob }
    }
  }
  const tagsFor = async (code: PickupCode, generation: number, tail: string | null): Promise<CodeTags> => ({
    generation,
    ...(await tagsOf(seals, keys, code, tail)),
  })

  return {
    seal,
    prepare: async ({ deposit, parcels, phone, tail }) => {
      const part: PrivatePart = { parcels, ...(phone === null ? {} : { phone }) }
      const { codes, blob } = await draw({ deposit, generations: firstGenerations, tail, part })
      return submit([{ type: 'prepareDeposit', deposit, codes }], { sealed: { deposit, blob } })
    },
    renew: (deposit, command, beside) => {
      const renewed = renewals.then(async () => {
        const known = state().deposits.get(deposit)
        const generations = [known === undefined ? 0 : nextGeneration(known)]
        const { codes, blob } = await draw({ deposit, generations, tail: null, part: {} })
        const [code] = codes
        if (code === undefined) throw new RangeError('one generation was drawn')
        return submit([command(code)], { ...beside, sealed: { deposit, blob } })
      })
      renewals = renewed.catch(() => {})
      return renewed
    },
  }
}

/** Unlike every code alive here and every one of the last 10,000 dead ones. */
function areFresh(cabinet: Cabinet, drawn: readonly CodeTags[]): boolean {
  const known = new Set(cabinet.usedTags)
  for (const { codes } of cabinet.deposits.values()) for (const { tag } of codes) known.add(tag)
  return drawn.every(({ tag }) => !known.has(tag)) && new Set(drawn.map(({ tag }) => tag)).size === drawn.length
}
