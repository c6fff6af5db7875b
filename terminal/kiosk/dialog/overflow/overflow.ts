import { candidates } from '@holdfast/core/cabinet/state.ts'
import { chooseCompartment, type Need } from '@holdfast/core/compartment/allocate.ts'
import type { SealedNeighbours } from '@holdfast/wire/cabinet/asks.ts'
import type { Replied } from '../../../loop/loop.ts'
import { courierSession, withParcel } from '../courier/talk.ts'
import { turn, type CourierTalk, type Deed, type Sight, type Turn } from '../dialog.ts'

/** A door for it that this courier may have now; one out of reach of who asked for a low one is told as that. */
export const hasRoom = (need: Need, sight: Sight): boolean =>
  chooseCompartment(candidates(sight.cabinet, courierSession(sight)?.person), { ...need, lowDoor: false }) !== undefined

/** No door here fits: said at once, and the cloud is asked who has one nearby. */
export function askNeighbours(talk: CourierTalk, { size }: Need, sight: Sight): Turn<CourierTalk> {
  const full = withParcel(talk, { step: 'size', elsewhere: null, problem: 'cabinet-full' })
  return turn(full, ...askDeeds(talk, { size }, sight))
}

/** One tap: the recipient is asked about that cabinet. Nothing goes there without his own word. */
export function askElsewhere(talk: CourierTalk, cabinet: string, sight: Sight): Turn<CourierTalk> {
  const { parcel } = talk
  const overflow = parcel?.step === 'size' ? parcel.elsewhere : null
  if (overflow === null || overflow.busy || overflow.asked !== null) return turn(talk)
  if (!overflow.places.some((place) => place.cabinet === cabinet)) return turn(talk)
  if (!sight.online) return turn(withParcel(talk, { problem: 'cloud-silent' }))
  const asking = withParcel(talk, { elsewhere: { ...overflow, busy: true }, problem: null })
  return turn(asking, ...askDeeds(talk, { size: overflow.size, to: cabinet }, sight))
}

type Asked = Pick<SealedNeighbours, 'size' | 'to'>

function askDeeds({ parcel }: CourierTalk, asked: Asked, sight: Sight): readonly Deed[] {
  const session = courierSession(sight)
  if (parcel === null || session === undefined) return []
  const { digest, deposit, number } = parcel
  const plain = { carrier: session.carrier, number, ...asked }
  return [{ do: 'ask', question: { kind: 'neighbours', parcel: digest, deposit, courier: session.person, plain } }]
}

/** Who has a door, or what became of the question. Without an answer the screen stays as it was, and says why. */
export function neighboursReplied(talk: CourierTalk, plain: SealedNeighbours, replied: Replied): Turn<CourierTalk> {
  const { parcel } = talk
  if (parcel?.step !== 'size') return turn(talk)
  const reply = replied.answered ? replied.reply : undefined
  const { to, size } = plain
  if (to === undefined) {
    const places = reply?.neighbours ?? []
    return turn(
      places.length === 0 ? talk : withParcel(talk, { elsewhere: { size, places, busy: false, asked: null } }),
    )
  }
  const overflow = parcel.elsewhere
  const name = overflow?.places.find((place) => place.cabinet === to)?.name
  if (overflow === null || name === undefined) return turn(talk)
  const word = reply?.word
  if (word !== undefined)
    return turn(withParcel(talk, { elsewhere: { ...overflow, busy: false, asked: { name, word } } }))
  const problem = reply?.refusal ?? 'cloud-silent'
  return turn(withParcel(talk, { elsewhere: { ...overflow, busy: false }, problem }))
}
