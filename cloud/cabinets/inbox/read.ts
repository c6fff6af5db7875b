import { Compile } from 'typebox/compile'
import type { TSchema, Static } from 'typebox'
import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { parseCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { answerSchema } from '@holdfast/wire/cabinet/answers.ts'
import { askSchema } from '@holdfast/wire/cabinet/asks.ts'
import { healthSchema } from '@holdfast/wire/cabinet/health.ts'
import { type MessageKind, messageBytesMax, openMessage } from '@holdfast/wire/cabinet/signed.ts'
import { type UpChannel, readTopic } from '@holdfast/wire/cabinet/topics.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { MqttMessage } from '../../platform/mqtt/link.ts'
import { unstorable } from '../../platform/unstorable.ts'
import { readFactsMessage } from '../ingest/message.ts'
import type { CabinetRecord } from '../ingest/records.ts'

/** A message with an address that could be right; nothing else is known of it yet. */
export type Letter = {
  readonly cabinet: CabinetId
  readonly shard: number
  readonly channel: UpChannel
  readonly payload: Uint8Array
}

export function readLetter({ topic, payload }: MqttMessage): Letter | undefined {
  const read = payload.length > messageBytesMax ? undefined : readTopic(topic)
  if (read === undefined || read.direction !== 'up') return undefined
  const { cabinet, shard, channel } = read
  if (channel !== 'facts' && channel !== 'answers' && channel !== 'asks' && channel !== 'health') return undefined
  return { cabinet, shard, channel, payload }
}

const kinds = { facts: 'facts', answers: 'answer', asks: 'ask', health: 'health' } as const satisfies Record<
  UpChannel,
  MessageKind
>

const answer = reader(answerSchema)
const ask = reader(askSchema)
const health = reader(healthSchema)

/** The letter's content once the cabinet's own key vouches for it; or why not. */
export function openLetter(seals: Seals, record: CabinetRecord, letter: Letter) {
  if (letter.shard !== record.shard) return { kind: 'malformed' } as const
  const opened = openMessage(seals, new Map([[0, record.key]]), kinds[letter.channel], letter.payload)
  if (!opened.ok) return { kind: opened.refusal === 'message-malformed' ? 'malformed' : 'forged' } as const
  const read = readBody(letter.channel, opened.body)
  if (read === undefined) return { kind: 'malformed' } as const
  const said = read.kind === 'facts' ? read.message.header : read.message
  if (said.cabinet !== record.cabinet) return { kind: 'forged' } as const
  return said.incarnation === record.incarnation ? read : ({ kind: 'other-incarnation' } as const)
}

function readBody(channel: UpChannel, body: Uint8Array) {
  switch (channel) {
    case 'facts':
      return withKind('facts', readFactsMessage(body))
    case 'answers':
      return withKind('answer', answer(body))
    case 'asks':
      return withKind('ask', ask(body))
    case 'health':
      return withKind('health', health(body))
  }
}

const withKind = <const Kind extends string, Message>(kind: Kind, message: Message | undefined) =>
  message === undefined ? undefined : { kind, message }

function reader<Schema extends TSchema>(schema: Schema): (body: Uint8Array) => Static<Schema> | undefined {
  const compiled = Compile(schema)
  return (body) => {
    const read = parseCanonical(body)
    if (!read.ok || !compiled.Check(read.value)) return undefined
    return unstorable(read.value) === undefined ? read.value : undefined
  }
}
