import type { CabinetId, DepositId, Id, IncarnationId } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Ask } from '@holdfast/wire/cabinet/asks.ts'
import { signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { collect, partTexts, readPart, type Series, shortDigest, wholeOf } from '@holdfast/wire/carry/parts.ts'
import { replyKeyLength, unlockReply } from '@holdfast/wire/carry/reply.ts'
import { askSeal } from '@holdfast/wire/journal/private.ts'
import type { PrivateKey, PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { PhoneQuestion, Replied, ReplyScan } from '../../loop/loop.ts'
import { readOrder } from '../down/parse.ts'

export interface AskByPhonePorts {
  readonly cabinet: CabinetId
  readonly incarnation: IncarnationId
  readonly seals: Seals
  readonly key: PrivateKey
  readonly sealTo: PublicKey
  readonly cloudKeys: ReadonlyMap<number, PublicKey>
  readonly drawId: () => Id<'event'>
  /** The codes of a question are ready to be shown. */
  readonly changed: () => void
}

/** The courier's phone as second uplink, inwards: a question as codes on the screen, the answer before the scanner. */
export interface AskByPhone {
  /** One at a time: a new question ends the one before. */
  ask(question: PhoneQuestion): Promise<Replied>
  /** The codes of the question that stands, where it is about this deposit. */
  texts(deposit: DepositId): readonly string[]
  /** A part that the scanner read. */
  scanned(text: string): ReplyScan
  /** Nobody waits for an answer any more: none is taken. */
  end(): void
}

interface Standing {
  readonly question: PhoneQuestion
  readonly ask: string
  readonly key: Uint8Array
  readonly texts: readonly string[]
  readonly settle: (replied: Replied) => void
}

const nobody: Replied = { answered: false, why: 'offline' }

export function createAskByPhone(ports: AskByPhonePorts): AskByPhone {
  let standing: Standing | undefined
  let series: ReadonlyMap<string, Series> = new Map()
  let asked = 0
  const end = (): void => {
    const before = standing
    asked += 1
    standing = undefined
    series = new Map()
    before?.settle(nobody)
  }
  const taken = (bytes: Uint8Array): ReplyScan => {
    if (standing === undefined) return 'reply-stale'
    const { ask, key, settle } = standing
    const opened = unlockReply(ports.seals, ports.cloudKeys, { ask, key }, bytes)
    if (!opened.ok) return opened.refusal
    const order = readOrder(opened.body)
    if (order?.kind !== 'reply' || order.cabinet !== ports.cabinet || order.ask !== ask) return 'reply-forged'
    standing = undefined
    // What a phone brings may have lain in it: it vouches for no clock.
    settle({ answered: true, reply: order })
    return 'taken'
  }
  return {
    end,
    ask: async (question) => {
      end()
      const turn = asked
      const written = await write(ports, question)
      // Another question came while this one was sealed.
      if (turn !== asked) return nobody
      return await new Promise<Replied>((settle) => {
        standing = { question, ...written, settle }
        ports.changed()
      })
    },
    texts: (deposit) => (standing?.question.deposit === deposit ? standing.texts : []),
    scanned: (text) => {
      const part = readPart(text)
      if (part?.kind !== 'reply') return 'reply-malformed'
      series = collect(series, part)
      const found = series.get(part.digest)
      const whole = found === undefined ? undefined : wholeOf(found)
      if (whole === undefined) return 'part'
      series = new Map([...series].filter(([digest]) => digest !== part.digest))
      return shortDigest(ports.seals.hash(whole)) === part.digest ? taken(whole) : 'reply-malformed'
    },
  }
}

/** The very message that would go by MQTT, with the key of its answer in the sealed part. */
async function write(ports: AskByPhonePorts, { parcel, deposit, courier, plain }: PhoneQuestion) {
  const { cabinet, incarnation, seals } = ports
  const key = seals.random(replyKeyLength)
  const context = askSeal(cabinet, deposit)
  const secret = toCanonical({ ...plain, replyKey: base64FromBytes(key) })
  const sealed = base64FromBytes(await seals.seal(ports.sealTo, context, secret))
  const ask = ports.drawId()
  const said: Ask = { v: 1, cabinet, incarnation, ask, kind: 'consent', parcel, deposit, courier, sealed }
  const whole = signMessage({ seals, keyId: 0, key: ports.key }, 'ask', toCanonical(said))
  return { ask, key, texts: partTexts('ask', whole, seals.hash(whole)) }
}
