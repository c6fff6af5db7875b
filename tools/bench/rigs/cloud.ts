import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import type { IncarnationId, DepositId } from '@holdfast/core/values/ids.ts'
import { makeId, readId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Answer } from '@holdfast/wire/cabinet/answers.ts'
import { openMessage, signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { type CabinetPlace, downTopic, readTopic, upTopic } from '@holdfast/wire/cabinet/topics.ts'
import { depositSeal } from '@holdfast/wire/journal/private.ts'
import type { KeyPair, PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'

export interface RigCloud {
  /** Asks for a nonce and signs an order to open one door in service; nothing is sent yet. */
  prepare(compartment: string): Promise<Ready>
  /** Signed and published as it is: what the real cloud would tell besides. */
  tell(channel: 'orders' | 'desired', body: object): void
  /** The code of a deposit, as soon as its facts came. */
  codeOf(deposit: string): Promise<string>
  /** The entries that it has acknowledged, by number. */
  held(): ReadonlyMap<number, string>
  stop(): Promise<void>
}

export interface Ready {
  readonly order: string
  /** Resolves with when the sensors' word came; `publishedAtMs` is taken just before the message is handed over. */
  send(): {
    readonly publishedAtMs: number
    readonly answered: Promise<{ readonly outcome: string; readonly atMs: number }>
  }
}

export interface CloudPorts {
  readonly mqtt: string
  readonly seals: Seals
  readonly place: CabinetPlace
  readonly incarnation: IncarnationId
  readonly orders: KeyPair
  readonly sealing: KeyPair
  readonly cabinetKey: PublicKey
}

/** The cloud's end of the wire, small enough to cost nothing: orders go down, facts are acknowledged at once. */
export async function connectCloud(ports: CloudPorts): Promise<RigCloud> {
  const { seals, place, orders } = ports
  const { cabinet } = place
  const client = await connectAsync(ports.mqtt, { protocolVersion: 4, clientId: `bench-${cabinet.slice(-8)}` })
  if (client.stream instanceof Socket) client.stream.setNoDelay(true)
  const signer = { seals, keyId: 1, key: orders.privateKey }
  const publish = (channel: 'orders' | 'acks' | 'desired', payload: Uint8Array): void => {
    client.publish(downTopic(place, channel), Buffer.from(payload), { qos: 1 })
  }
  const inbox = createInbox(ports, (ack) => {
    publish('acks', signMessage(signer, 'ack', toCanonical(ack)))
  })
  client.on('message', inbox.take)
  await client.subscribeAsync([upTopic(place, 'facts'), upTopic(place, 'answers')], { qos: 1 })
  const draw = (): string => makeId('order', instant(Date.now()), seals.random(10))
  const sign = (body: object): Uint8Array => signMessage(signer, 'order', toCanonical({ v: 1, cabinet, ...body }))
  return {
    prepare: async (compartment) => {
      const ask = draw()
      const told = inbox.heard(ask, () => true)
      publish('orders', sign({ order: ask, sentAt: Date.now(), kind: 'ask-nonce' }))
      const order = draw()
      const message = sign({ order, ...openOrder(ports, (await told).nonce ?? ''), compartment })
      const answered = inbox
        .heard(order, ({ outcome }) => outcome !== 'accepted')
        .then(({ outcome, reason }) => ({ outcome: reason ?? outcome, atMs: performance.now() }))
      return {
        order,
        send: () => {
          const publishedAtMs = performance.now()
          publish('orders', message)
          return { publishedAtMs, answered }
        },
      }
    },
    tell: (channel, body) =>
      publish(
        channel,
        channel === 'orders' ? sign(body) : signMessage(signer, 'desired', toCanonical({ v: 1, cabinet, ...body })),
      ),
    codeOf: inbox.codeOf,
    held: inbox.held,
    stop: () => client.endAsync(),
  }
}

const openOrder = ({ seals, incarnation }: CloudPorts, nonce: string) => ({
  sentAt: Date.now(),
  kind: 'open',
  incarnation,
  nonce,
  staff: makeId('staff', instant(1), seals.random(10)),
  reason: 'bench',
  epoch: 0,
  service: true,
})

/** Another entry under a number that is known is no repetition. */
function keepFirst(held: Map<number, string>, from: number, lines: readonly string[]): void {
  for (const [nth, line] of lines.entries()) if (!held.has(from + nth)) held.set(from + nth, line)
}

async function firstCode({ seals, sealing, place }: CloudPorts, deposit: DepositId, blob: Uint8Array): Promise<string> {
  const plain = await seals.open(sealing.privateKey, depositSeal(place.cabinet, deposit), blob)
  const part: { codes: { code: string }[] } = JSON.parse(new TextDecoder().decode(plain))
  return part.codes[0]?.code ?? ''
}

function createInbox(ports: CloudPorts, acknowledge: (ack: object) => void) {
  const { seals, place, incarnation, cabinetKey } = ports
  const { cabinet } = place
  const keys = new Map([[0, cabinetKey]])
  const answers = new Map<string, (answer: Answer) => void>()
  const blobs = new Map<string, Uint8Array>()
  const held = new Map<number, string>()
  const takeFacts = (body: Uint8Array): void => {
    const [first = '', ...lines] = new TextDecoder().decode(body).split('\n')
    const header: { from: number; privates: { seq: number; blob: string }[] } = JSON.parse(first)
    for (const { seq, blob } of header.privates) {
      const entry: { event: { deposit?: string } } = JSON.parse(lines[seq - header.from] ?? '{}')
      blobs.set(entry.event.deposit ?? '', bytesFromBase64(blob) ?? new Uint8Array())
    }
    keepFirst(held, header.from, lines)
    acknowledge({ v: 1, cabinet, incarnation, watermark: header.from + lines.length - 1 })
  }
  return {
    held: () => held,
    take: (topic: string, payload: Uint8Array): void => {
      const isFacts = readTopic(topic)?.channel === 'facts'
      const read = openMessage(seals, keys, isFacts ? 'facts' : 'answer', payload)
      if (!read.ok) throw new Error(read.refusal)
      if (isFacts) return takeFacts(read.body)
      const answer: Answer = JSON.parse(new TextDecoder().decode(read.body))
      answers.get(answer.order)?.(answer)
    },
    heard: (order: string, is: (answer: Answer) => boolean): Promise<Answer> =>
      new Promise((resolve) => {
        answers.set(order, (answer) => {
          if (is(answer)) resolve(answer)
        })
      }),
    codeOf: async (text: string): Promise<string> => {
      const deposit = readId('deposit', text)
      if (deposit === undefined) throw new Error(`no deposit: ${text}`)
      for (;;) {
        const blob = blobs.get(text)
        if (blob !== undefined) return firstCode(ports, deposit, blob)
        await sleep(20)
      }
    },
  }
}
