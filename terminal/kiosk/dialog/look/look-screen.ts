import { depositIn, type CourierSession } from '@holdfast/core/cabinet/state.ts'
import type { ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import type { CourierTalk, Sight } from '../dialog.ts'
import { isReminded, phaseOf } from '../view/door-phase.ts'
import { doubts } from './look.ts'

export const looksScreen = (talk: CourierTalk, sight: Sight): ScreenOf<'looks'> => ({
  kind: 'looks',
  doors: [...doubts(talk, sight)],
  problem: talk.problem,
})

export function lookDoor(
  talk: CourierTalk,
  look: NonNullable<CourierSession['look']>,
  { cabinet }: Sight,
): ScreenOf<'look-door'> {
  const { compartment } = look
  return {
    kind: 'look-door',
    compartment,
    phase: phaseOf(look, cabinet),
    reminded: isReminded(compartment, cabinet),
    holds: depositIn(cabinet, compartment) !== undefined,
    picture: talk.picture !== null,
    problem: talk.problem,
  }
}
