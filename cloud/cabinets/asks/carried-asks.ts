import { type CabinetId, idFromUuid, readId } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { parseCanonical, toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type Ask, askSchema, sealedParcelSchema } from '@holdfast/wire/cabinet/asks.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import { openMessage } from '@holdfast/wire/cabinet/signed.ts'
import { partTexts } from '@holdfast/wire/carry/parts.ts'
import { lockReply, replyKeyLength } from '@holdfast/wire/carry/reply.ts'
import type { CarriedAskReply } from '@holdfast/wire/http/access.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { Compile } from 'typebox/compile'
import type { Ports } from '../../platform/ports.ts'
import type { CabinetsDesired } from '../desired/desired.ts'
import type { Carried } from '../carried/carried.ts'
import { readOrigin } from '../carried/store.postgres.ts'
import type { CarriedAskOutcome, CarriedAskRefusal, CarriedCalls } from '../facts.ts'
import type { Asker, Asks } from './asks.ts'

const askBody = Compile(askSchema)
const parcels = Compile(sealedParcelSchema)

type Given = {
  readonly asks: Pick<Asks, 'answer'>
  readonly carried: Pick<Carried, 'take'>
  readonly desired: Pick<CabinetsDesired, 'deny'>
}

export const createCarriedCalls = (ports: Ports, { asks, carried, desired }: Given): CarriedCalls => ({
  takeCarried: carried.take,
  answerCarried: createCarriedAsks(ports, asks),
  deny: desired.deny,
})

/** The courier's phone as the cabinet's second uplink, for questions: the very ask that would have come by MQTT. */
const createCarriedAsks =
  (ports: Ports, { answer }: Pick<Asks, 'answer'>): CarriedCalls['answerCarried'] =>
  async ({ bytes, again }, by) => {
    const read = await open(ports, bytes)
    if (!read.ok) return no(read.refusal)
    const { asker, ask } = read
    // Nobody else's phone learns what this courier's parcel may (law 11).
    if (ask.kind !== 'consent' || ask.courier !== by) return no('ask-other-courier')
    // A repeated question looks only: a recipient who thinks is not written to every few seconds.
    const { order, plain } = await answer(asker, again ? { ...ask, kind: 'card' } : ask)
    const key = replyKeyIn(plain)
    if (key === undefined) return no('carried-malformed')
    const state = stateOf(order)
    return {
      ok: true,
      value: { state, codes: state === 'waiting' ? [] : [...codesOf(ports, { key, ask: ask.ask }, order)] },
    }
  }

type Opened =
  | { readonly ok: true; readonly asker: Asker; readonly ask: Ask }
  | { readonly ok: false; readonly refusal: CarriedAskRefusal }

async function open({ db, seals }: Ports, bytes: Uint8Array): Promise<Opened> {
  const claimed = readAsk(bytes.subarray(bytes.indexOf(10) + 1))
  const cabinet: CabinetId | undefined = claimed === undefined ? undefined : readId('cabinet', claimed.cabinet)
  const origin = cabinet === undefined ? undefined : await readOrigin(db.query, cabinet)
  const key = origin === undefined ? undefined : readPublicKey(origin.public_key)
  if (cabinet === undefined || origin === undefined || key === undefined) return no('carried-malformed')
  const opened = openMessage(seals, new Map([[0, key]]), 'ask', bytes)
  if (!opened.ok) return no(opened.refusal === 'message-malformed' ? 'carried-malformed' : 'carried-forged')
  const ask = readAsk(opened.body)
  if (ask === undefined) return no('carried-malformed')
  if (ask.incarnation !== idFromUuid('incarnation', origin.incarnation)) return no('carried-outdated')
  return { ok: true, asker: { cabinet, operator: idFromUuid('operator', origin.operator_id) }, ask }
}

function readAsk(body: Uint8Array): Ask | undefined {
  const read = parseCanonical(body)
  return read.ok && askBody.Check(read.value) ? read.value : undefined
}

function replyKeyIn(plain: unknown): Uint8Array | undefined {
  const key = parcels.Check(plain) && plain.replyKey !== undefined ? bytesFromBase64(plain.replyKey) : undefined
  return key?.length === replyKeyLength ? key : undefined
}

/** What the phone may know: whether to wait, and whether its courier may put the parcel in. */
function stateOf(order: Order): CarriedAskReply['state'] {
  if (order.kind !== 'reply') return 'unknown'
  const { card, refusal } = order
  if (refusal === 'consent-declined') return 'declined'
  if (refusal !== undefined || card === null || card === undefined) return 'unknown'
  return card.consent === null ? 'waiting' : 'agreed'
}

function codesOf({ seals, keys }: Ports, lock: Parameters<typeof lockReply>[2], order: Order): readonly string[] {
  const { keyId, privateKey } = keys.signing[0]
  const whole = lockReply(seals, { keyId, key: privateKey }, lock, toCanonical(order))
  return partTexts('reply', whole, seals.hash(whole))
}

const no = <Refusal extends CarriedAskRefusal>(refusal: Refusal) =>
  ({ ok: false, refusal }) as const satisfies CarriedAskOutcome
