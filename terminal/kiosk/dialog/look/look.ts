import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import { doubted } from '@holdfast/core/cabinet/safety/look.ts'
import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import { courierSession, inHand } from '../courier/talk.ts'
import { turn, type CourierTalk, type Sight, type Turn } from '../dialog.ts'
import type { TouchOf } from '../touches.ts'

/** Doors that nobody is sure about and that this courier has not opened in this session. */
export function doubts({ looked }: CourierTalk, sight: Sight): readonly CompartmentId[] {
  const session = courierSession(sight)
  return session === undefined ? [] : doubted(sight.cabinet, session).filter((id) => !looked.includes(id))
}

/** From the list: one door after the other, while nothing else is in hand. */
export function looksTouched(talk: CourierTalk, kind: 'looks' | 'look-next', sight: Sight): Turn<CourierTalk> {
  const session = courierSession(sight)?.id
  if (talk.parcel !== null || inHand(sight) !== undefined || session === undefined) return turn(talk)
  const [compartment] = doubts(talk, sight)
  if (compartment === undefined) return turn(talk)
  return kind === 'looks'
    ? turn({ ...talk, page: 'looks', problem: null })
    : submit(talk, { type: 'beginLook', session, compartment })
}

/** Behind the door in doubt: nothing else is taken up until the courier has spoken, or leaves it. */
export function lookTouched(talk: CourierTalk, touch: TouchOf<'courier'>, sight: Sight): Turn<CourierTalk> {
  const session = courierSession(sight)?.id
  if (session === undefined) return turn(talk)
  if (touch.kind === 'number') return turn({ ...talk, problem: 'look-unsaid' })
  if (touch.kind === 'look-empty' || touch.kind === 'look-parcel') {
    const seen = touch.kind === 'look-empty' ? 'empty' : 'parcel-inside'
    const picture = talk.picture === null ? {} : { picture: talk.picture }
    return submit(talk, { type: 'sayLook', session, seen, ...picture })
  }
  const type = plain.get(touch.kind)
  return type === undefined ? turn(talk) : submit(talk, { type, session })
}

const plain: ReadonlyMap<string, 'reopenLook' | 'endLook' | 'extendSession' | 'endSession'> = new Map([
  ['reopen', 'reopenLook'],
  ['back', 'endLook'],
  ['extend', 'extendSession'],
  ['finish', 'endSession'],
] as const)

/** From the courier's phone, of the door that he stands before now. */
export const pictured = (talk: CourierTalk, picture: string, sight: Sight): Turn<CourierTalk> =>
  courierSession(sight)?.look === undefined ? turn(talk) : turn({ ...talk, picture, problem: null })

const submit = (talk: CourierTalk, command: CabinetCommand): Turn<CourierTalk> =>
  turn({ ...talk, problem: null }, { do: 'submit', commands: [command], means: 'nothing' })
