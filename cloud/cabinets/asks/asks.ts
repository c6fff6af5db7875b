import { type DepositId, makeId } from '@holdfast/core/values/ids.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { parseCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Ask } from '@holdfast/wire/cabinet/asks.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import { askSeal } from '@holdfast/wire/journal/private.ts'
import { codeOf } from '../../platform/failure.ts'
import type { Ports } from '../../platform/ports.ts'
import type { AskHandler, AskKind, AskReply } from '../facts.ts'
import type { From } from '../inbox/inbox.ts'
import type { CabinetRecord } from '../ingest/records.ts'

export type AsksPorts = Ports & {
  /** In its turn; nobody waits for it. */
  readonly tellAll: (record: CabinetRecord) => void
  readonly send: (record: CabinetRecord, order: Order) => Promise<boolean>
}

export type Asks = {
  readonly on: <Kind extends AskKind>(kind: Kind, handler: AskHandler<Kind>) => void
  readonly asked: (ask: From<Ask>) => void
  /** Once, for somebody who waits: never from what was answered before. */
  readonly answer: (from: Asker, ask: Ask) => Promise<Answered>
  /** After all that are being answered. */
  readonly settled: () => Promise<void>
}

export type Asker = Pick<CabinetRecord, 'cabinet' | 'operator'>
/** `plain`: what was sealed in the ask, for whoever sends the answer. */
export type Answered = { readonly order: Order; readonly plain: unknown }

type AnyHandler = (
  ask: { readonly ask: Ask; readonly plain: unknown } & Pick<CabinetRecord, 'cabinet' | 'operator'>,
) => Promise<AskReply>

/** A cabinet repeats an ask that it heard no answer to: the answer is then repeated, not worked out anew. */
const answersKept = 2000

export function createAsks(ports: AsksPorts): Asks {
  const handlers = new Map<string, AnyHandler>()
  const answers = new Map<string, Promise<AskReply>>()
  const running = new Set<Promise<void>>()
  const answerOnce = (record: CabinetRecord, ask: Ask): Promise<AskReply> => {
    const key = `${record.cabinet}/${ask.ask}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const fresh = answer(ports, handlers, { record, message: ask }).then(({ reply }) => reply)
    answers.set(key, fresh)
    const oldest = answers.size > answersKept ? answers.keys().next().value : undefined
    if (oldest !== undefined) answers.delete(oldest)
    // A failure is no answer: the next asking tries again.
    fresh.catch(() => answers.delete(key))
    return fresh
  }
  const work = async ({ record, message }: From<Ask>): Promise<void> => {
    if (message.kind === 'desired') return ports.tellAll(record)
    const reply = await answerOnce(record, message)
    await ports.send(record, replyOrder(ports, record, message.ask, reply))
  }
  return {
    // Sound: a handler of a kind is only ever called with asks of that kind.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    on: (kind, handler) => void handlers.set(kind, handler as unknown as AnyHandler),
    asked: (ask) => {
      const done = work(ask).catch((error: unknown) => {
        ports.log.warn({ code: codeOf(error), kind: ask.message.kind }, 'an ask could not be answered')
      })
      const tracked = done.finally(() => running.delete(tracked))
      running.add(tracked)
    },
    answer: async (record, message) => {
      const { reply, plain } = await answer(ports, handlers, { record, message })
      return { order: replyOrder(ports, record, message.ask, reply), plain }
    },
    settled: async () => void (await Promise.all(running)),
  }
}

async function answer(
  { seals, keys }: Ports,
  handlers: ReadonlyMap<string, AnyHandler>,
  { record, message }: { readonly record: Asker; readonly message: Ask },
): Promise<{ readonly reply: AskReply; readonly plain?: unknown }> {
  const handler = handlers.get(message.kind)
  if (handler === undefined || message.kind === 'desired') return { reply: { refusal: 'ask-unknown' } }
  const sealed = bytesFromBase64(message.sealed)
  // The schema has judged the id's form.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const context = askSeal(record.cabinet, message.deposit as DepositId)
  for (const { privateKey } of sealed === undefined ? [] : keys.sealing) {
    const plain = sealed === undefined ? undefined : await seals.open(privateKey, context, sealed)
    const read = plain === undefined ? undefined : parseCanonical(plain)
    if (read?.ok !== true) continue
    const { cabinet, operator } = record
    return { reply: await handler({ cabinet, operator, ask: message, plain: read.value }), plain: read.value }
  }
  return { reply: { refusal: 'ask-unreadable' } }
}

function replyOrder({ clock, seals }: Ports, { cabinet }: Asker, ask: string, reply: AskReply): Order {
  const sentAt = clock.now()
  const order = makeId('order', sentAt, seals.random(10))
  return { v: 1, cabinet, order, sentAt, kind: 'reply', ask, ...reply }
}
