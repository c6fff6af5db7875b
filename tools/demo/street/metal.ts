import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import type { ElectricalCabinet } from '@holdfast/simulator/cabinet/cabinet.ts'
import type { TownDoor } from '@holdfast/wire/town/town.ts'
import Type, { type Static } from 'typebox'

/** What a passer-by would find at each door: kept, because metal does not forget when programs are killed. */
export const metalSchema = Type.Array(
  Type.Object({
    label: Type.String(),
    open: Type.Boolean(),
    jammed: Type.Boolean(),
    things: Type.Array(Type.String()),
  }),
)
export type Metal = Static<typeof metalSchema>

export const metalOf = (doors: readonly TownDoor[]): Metal =>
  doors
    .map(({ label, leaf, jammed, things }) => ({ label, open: leaf !== 'shut', jammed, things: [...things] }))
    .filter(({ open, jammed, things }) => open || jammed || things.length > 0)

/** Puts everything back with the mechanical key and two hands, before anybody looks. */
export function rememberMetal({ hands, setDefects }: ElectricalCabinet, layout: CabinetLayout, metal: Metal): void {
  for (const { label, open, jammed, things } of metal) {
    const lock = layout.compartments.find((plan) => plan.label === label)?.lock
    if (lock === undefined) continue
    if (open || things.length > 0) hands.turnKey(lock)
    for (const thing of things) hands.put(lock, thing)
    if (!open) hands.push(lock)
    setDefects(lock, { jammed })
  }
}
