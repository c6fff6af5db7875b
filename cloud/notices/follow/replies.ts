import type { Phone } from '@holdfast/core/parcel/phone.ts'
import type { Ports } from '../../platform/ports.ts'
import type { RecipientReply } from '../notices.ts'
import type { Answer } from '../templates/keywords.ts'

export type Replies = {
  readonly on: (handler: (reply: RecipientReply) => Promise<void>) => void
  /** Once for each id; what is no keyword, or from no phone, is left alone. */
  readonly take: (reply: { readonly from: string; readonly text: string; readonly id: string }) => Promise<void>
}

export type ReplyReaders = {
  readonly phone: (typed: string) => Phone | undefined
  readonly answer: (text: string) => Answer | undefined
}

export function createReplies({ db, clock }: Ports, read: ReplyReaders): Replies {
  let handler: ((reply: RecipientReply) => Promise<void>) | undefined
  return {
    on: (given) => {
      handler = given
    },
    take: async ({ from, text, id }) => {
      const phone = read.phone(from)
      const answer = read.answer(text)
      if (phone === undefined || answer === undefined || handler === undefined) return
      const [row] = await db.query<{ readonly done: boolean }>(
        `insert into gateway_reply as r (reply, at) values ($1, $2)
         on conflict (reply) do update set at = r.at returning done`,
        [id, clock.now()],
      )
      if (row?.done !== false) return
      // Marked after: a crash between lets the gateway's repetition finish the work.
      await handler({ phone, ...answer, reply: id })
      await db.query('update gateway_reply set done = true where reply = $1', [id])
    },
  }
}
