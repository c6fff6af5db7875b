import type { CabinetId, Id, IncarnationId } from '@holdfast/core/values/ids.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Ask } from '@holdfast/wire/cabinet/asks.ts'
import { askSeal } from '@holdfast/wire/journal/private.ts'
import type { PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Question, Replied, Reply } from '../../loop/loop.ts'
import type { TerminalClock } from '../../platform/clock.ts'

export interface AsksPorts {
  readonly cabinet: CabinetId
  readonly incarnation: IncarnationId
  readonly seals: Seals
  readonly sealTo: PublicKey
  readonly clock: TerminalClock
  readonly drawId: () => Id<'event'>
  readonly online: () => boolean
  readonly send: (body: Uint8Array) => void
}

export interface Asks {
  ask(question: Question): Promise<Replied>
  desired(have: number): void
  /** True where somebody waited for it. */
  replied(reply: Reply): boolean
  /** The connection went: nobody waits on. */
  giveUp(): void
}

/** A person stands at the screen meanwhile. */
export const replyWithinMs = 8_000

export function createAsks(ports: AsksPorts): Asks {
  const waiting = new Map<string, (replied: Replied) => void>()
  const base = () => ({ v: 1, cabinet: ports.cabinet, incarnation: ports.incarnation, ask: ports.drawId() }) as const

  const awaitReply = (ask: Ask): Promise<Replied> =>
    new Promise((resolve) => {
      const settle = (replied: Replied): void => {
        cancel()
        waiting.delete(ask.ask)
        resolve(replied)
      }
      const cancel = ports.clock.after(replyWithinMs, () => {
        settle({ answered: false, why: 'timeout' })
      })
      waiting.set(ask.ask, settle)
      ports.send(toCanonical(ask))
    })

  return {
    ask: async (question) => {
      if (!ports.online()) return offline
      const context = askSeal(ports.cabinet, question.deposit)
      const sealed = base64FromBytes(await ports.seals.seal(ports.sealTo, context, toCanonical(question.plain)))
      return ports.online() ? awaitReply(askOf(question, sealed, base())) : offline
    },
    desired: (have) => {
      ports.send(toCanonical({ ...base(), kind: 'desired', have } satisfies Ask))
    },
    replied: (reply) => {
      const settle = waiting.get(reply.ask)
      settle?.({ answered: true, reply })
      return settle !== undefined
    },
    giveUp: () => {
      for (const settle of waiting.values()) settle(offline)
    },
  }
}

const offline: Replied = { answered: false, why: 'offline' }

type Base = Pick<Ask, 'v' | 'cabinet' | 'incarnation' | 'ask'>

function askOf(question: Question, sealed: string, base: Base): Ask {
  const { deposit } = question
  switch (question.kind) {
    case 'card':
    case 'consent':
    case 'neighbours':
      return { ...base, kind: question.kind, parcel: question.parcel, deposit, courier: question.courier, sealed }
    case 'courier-code':
    case 'lost-code':
    case 'low-doors':
    case 'elsewhere':
      return { ...base, kind: question.kind, deposit, sealed }
    case 'courier-sign-in':
      return { ...base, kind: question.kind, deposit, sealed, ...question.challenge }
  }
}
