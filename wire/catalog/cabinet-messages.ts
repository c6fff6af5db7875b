import type { TSchema } from 'typebox'
import { ackSchema } from '../cabinet/acks.ts'
import { answerSchema } from '../cabinet/answers.ts'
import { askSchema } from '../cabinet/asks.ts'
import { desiredSchema } from '../cabinet/desired.ts'
import { entrySchema, factsHeaderSchema } from '../cabinet/facts.ts'
import { healthSchema } from '../cabinet/health.ts'
import { orderSchema } from '../cabinet/orders.ts'
import type { MessageKind } from '../cabinet/signed.ts'
import type { DownChannel, UpChannel } from '../cabinet/topics.ts'
import ack from '../examples/ack.v1.json' with { type: 'json' }
import answer from '../examples/answer.v1.json' with { type: 'json' }
import ask from '../examples/ask.v1.json' with { type: 'json' }
import desired from '../examples/desired.v1.json' with { type: 'json' }
import entry from '../examples/entry.v1.json' with { type: 'json' }
import facts from '../examples/facts.v1.json' with { type: 'json' }
import health from '../examples/health.v1.json' with { type: 'json' }
import order from '../examples/order.v1.json' with { type: 'json' }

/** One message between cabinet and cloud, with everything that documents and tests it. */
export interface CabinetMessage {
  readonly from: 'cabinet' | 'cloud'
  readonly channel: UpChannel | DownChannel
  /** What the seal line's signature names. */
  readonly kind: MessageKind
  readonly summary: string
  readonly schema: TSchema
  readonly examples: Readonly<Record<string, unknown>>
}

/** Every message of `hf/1/…`; the documents in docs/protocol are made from this list. */
export const cabinetMessages: Readonly<Record<string, CabinetMessage>> = {
  facts: {
    from: 'cabinet',
    channel: 'facts',
    kind: 'facts',
    summary: 'Header line of 1 to 64 contiguous journal entries, which follow one a line. Sent until acknowledged.',
    schema: factsHeaderSchema,
    examples: facts,
  },
  answer: {
    from: 'cabinet',
    channel: 'answers',
    kind: 'answer',
    summary: 'What became of an order: accepted once the intent is synced, then what the sensors saw.',
    schema: answerSchema,
    examples: answer,
  },
  ask: {
    from: 'cabinet',
    channel: 'asks',
    kind: 'ask',
    summary: 'What the cabinet wants to know: its desired state, a card, a consent, a sign-in.',
    schema: askSchema,
    examples: ask,
  },
  health: {
    from: 'cabinet',
    channel: 'health',
    kind: 'health',
    summary: 'Heartbeat every 30 s with the digest that both sides compare; offline after 90 s without one.',
    schema: healthSchema,
    examples: health,
  },
  order: {
    from: 'cloud',
    channel: 'orders',
    kind: 'order',
    summary: 'What the cloud tells a cabinet to do. Acting orders are bound to incarnation, nonce and epoch (law 6).',
    schema: orderSchema,
    examples: order,
  },
  ack: {
    from: 'cloud',
    channel: 'acks',
    kind: 'ack',
    summary: 'Everything up to the watermark is committed; a gap is asked for; a fork is said.',
    schema: ackSchema,
    examples: ack,
  },
  desired: {
    from: 'cloud',
    channel: 'desired',
    kind: 'desired',
    summary: 'Settings, cards, recalls and standing consents, whole or as a change on a version.',
    schema: desiredSchema,
    examples: desired,
  },
}

/** One line of a facts message: a journal entry as the cabinet wrote it. Examples by event type. */
export const journalEntry = { schema: entrySchema, examples: entry } as const
