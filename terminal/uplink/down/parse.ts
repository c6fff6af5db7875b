import type { Id, IdKind } from '@holdfast/core/values/ids.ts'
import { parseCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type Ack, ackSchema } from '@holdfast/wire/cabinet/acks.ts'
import { type Answer, answerSchema } from '@holdfast/wire/cabinet/answers.ts'
import { type Card, cardSchema, type Desired, desiredSchema } from '@holdfast/wire/cabinet/desired.ts'
import { type Order, orderSchema } from '@holdfast/wire/cabinet/orders.ts'
import { Compile } from 'typebox/compile'

const orders = Compile(orderSchema)
const acks = Compile(ackSchema)
const desireds = Compile(desiredSchema)
const answers = Compile(answerSchema)
const cards = Compile(cardSchema)

/** Undefined for anything that is not exactly such a message. */
export const readOrder = (bytes: Uint8Array): Order | undefined =>
  read(bytes, (value): value is Order => orders.Check(value))

export const readAck = (bytes: Uint8Array): Ack | undefined => read(bytes, (value): value is Ack => acks.Check(value))

export const readDesired = (bytes: Uint8Array): Desired | undefined =>
  read(bytes, (value): value is Desired => desireds.Check(value))

export const readAnswer = (bytes: Uint8Array): Answer | undefined =>
  read(bytes, (value): value is Answer => answers.Check(value))

export const readCard = (bytes: Uint8Array): Card | undefined =>
  read(bytes, (value): value is Card => cards.Check(value))

/** An id that a schema has judged already. */
export const idOf = <Kind extends IdKind>(_kind: Kind, judged: string): Id<Kind> => judged as Id<Kind>

function read<Message>(bytes: Uint8Array, is: (value: unknown) => value is Message): Message | undefined {
  const parsed = parseCanonical(bytes)
  return parsed.ok && is(parsed.value) ? parsed.value : undefined
}
