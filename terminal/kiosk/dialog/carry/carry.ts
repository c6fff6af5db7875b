import type { DepositId } from '@holdfast/core/values/ids.ts'
import { turn, type CourierTalk, type Deed, type Sight, type Turn } from '../dialog.ts'
import { confirmation } from '../courier/door.ts'
import { proceed } from '../courier/proceed.ts'
import { inHand } from '../courier/talk.ts'

/** How many deposits are shown at a time: about six codes each, four a second. */
export const carriedAtOnce = 4

/** What the phone is still to take, newest first; what the cloud has heard meanwhile needs no phone. */
export const toCarry = ({ carry }: CourierTalk, sight: Sight): readonly DepositId[] =>
  sight.online ? [] : carry.filter((deposit) => sight.carried(deposit).length > 0).toReversed()

export const isCarrying = (talk: CourierTalk, sight: Sight): boolean =>
  talk.page === 'carry' && toCarry(talk, sight).length > 0

/** Made with no network: the recipient has the code as soon as the phone has brought it. */
export function depositMade(talk: CourierTalk, deposit: DepositId, sight: Sight): CourierTalk {
  const made: CourierTalk = { ...talk, delivered: talk.delivered + 1, behind: null, instead: null }
  if (sight.online) return made
  const carry = [...talk.carry, deposit]
  return { ...made, carry, page: talk.carriesLater && !talk.finishing ? talk.page : 'carry' }
}

/** The phone has those that were shown: the next ones, else on with the work. */
export function carried(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  if (!isCarrying(talk, sight)) return turn(talk)
  const shown = toCarry(talk, sight).slice(0, carriedAtOnce)
  const rest = { ...talk, carry: talk.carry.filter((deposit) => !shown.includes(deposit)) }
  return isCarrying(rest, sight) ? turn(rest) : goOn(rest, sight)
}

/** Once more at the end; and at the end without the phone. */
export function carryLater(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  if (!isCarrying(talk, sight)) return turn(talk)
  return goOn({ ...talk, carriesLater: true, carry: talk.finishing ? [] : talk.carry }, sight)
}

/** The work that the carrying interrupted. */
export function goOn(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  const next: CourierTalk = { ...talk, page: 'scan' }
  if (next.finishing) return turn(next, ended(next))
  return next.parcel?.step === 'queued' ? proceed(next, sight) : turn(next)
}

/** Done: what is behind the door is confirmed, and offline the phone takes it before the session ends. */
export function finish(talk: CourierTalk, sight: Sight): Turn<CourierTalk> {
  // A parcel that is not behind a door yet goes home with the courier.
  const leaving: CourierTalk = { ...talk, parcel: null, problem: null, finishing: true }
  const held = inHand(sight)
  const last =
    sight.online || held?.stage !== 'filling' || held.cycle !== 'shut' ? undefined : confirmation(held, sight)
  if (last !== undefined) return turn(leaving, { do: 'submit', commands: [last], means: 'last-confirmed' })
  const carrying: CourierTalk = { ...leaving, page: 'carry' }
  return held === undefined && isCarrying(carrying, sight) && !isCarrying(talk, sight)
    ? turn(carrying)
    : turn({ ...leaving, carry: [] }, ended(leaving))
}

const ended = ({ session }: CourierTalk): Deed => ({
  do: 'submit',
  commands: [{ type: 'endSession', session }],
  means: 'finished',
})
