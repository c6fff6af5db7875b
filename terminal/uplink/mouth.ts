import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Answer } from '@holdfast/wire/cabinet/answers.ts'
import { type MessageKind, type Signer, signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { type CabinetPlace, type UpChannel, upTopic } from '@holdfast/wire/cabinet/topics.ts'
import type { Log } from '../platform/log.ts'
import type { BrokerLink } from './broker/link.ts'

const upKinds: Readonly<Record<UpChannel, MessageKind>> = {
  facts: 'facts',
  answers: 'answer',
  asks: 'ask',
  health: 'health',
}

/** Signs what goes up. It works before there is a connection, and then says nothing. */
export interface Mouth {
  say(channel: UpChannel, body: Uint8Array): void
  answer(answer: Answer): void
  speakThrough(link: BrokerLink): void
}

export function createMouth(signer: Signer, place: CabinetPlace): Mouth {
  let link: BrokerLink | undefined
  const say = (channel: UpChannel, body: Uint8Array): void => {
    link?.publish(upTopic(place, channel), signMessage(signer, upKinds[channel], body))
  }
  return {
    say,
    answer: (answer) => {
      say('answers', toCanonical(answer))
    },
    speakThrough: (to) => {
      link = to
    },
  }
}

/** What came and could not be used: by code, never by content. */
export interface Drops {
  readonly counts: ReadonlyMap<string, number>
  add(code: string): void
}

export function createDrops(log: Log): Drops {
  const counts = new Map<string, number>()
  return {
    counts,
    add: (code) => {
      counts.set(code, (counts.get(code) ?? 0) + 1)
      log.warn({ code }, 'message-dropped')
    },
  }
}
