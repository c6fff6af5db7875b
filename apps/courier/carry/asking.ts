import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { collect, readPart, type Series, wholeOf } from '@holdfast/wire/carry/parts.ts'
import type { CarriedAskReply } from '@holdfast/wire/http/access.ts'
import type { Answer, Failure } from '../../kit/cloud/client.ts'

/** What a kiosk without network asks by way of this phone. Nobody can read it here, neither question nor answer. */
export type Asking =
  | { readonly stage: 'none' }
  | { readonly stage: 'reading'; readonly seen: number; readonly total: number }
  | { readonly stage: 'asking' }
  /** The recipient thinks. */
  | { readonly stage: 'waiting' }
  /** To be held before the cabinet's scanner. */
  | { readonly stage: 'answered'; readonly state: 'agreed' | 'declined' | 'unknown'; readonly codes: readonly string[] }
  | { readonly stage: 'failed'; readonly failure: Failure }

export interface AskerPorts {
  readonly send: (bytes: string, again: boolean) => Promise<Answer<CarriedAskReply>>
  /** Whether the parts make what their digest says. */
  readonly isWhole: (bytes: Uint8Array, digest: string) => Promise<boolean>
  readonly after: (ms: number, ring: () => void) => () => void
}

export interface Asker {
  readonly state: () => Asking
  readonly subscribe: (told: () => void) => () => void
  /** True where the text is a part of a question. */
  readonly read: (text: string) => boolean
  /** Back to the camera. */
  readonly clear: () => void
  readonly stop: () => void
}

/** How often a recipient's answer is looked for; a courier stands before the door. */
export const lookEveryMs = 2_000

/** One question at a time: the one that was read last. */
export function createAsker(ports: AskerPorts): Asker {
  const listeners = new Set<() => void>()
  let state: Asking = { stage: 'none' }
  const become = (next: Asking): void => {
    state = next
    for (const told of listeners) told()
  }
  const question = createQuestion(ports, become)
  let series: ReadonlyMap<string, Series> = new Map()

  return {
    state: () => state,
    subscribe: (told) => {
      listeners.add(told)
      return () => void listeners.delete(told)
    },
    read: (text) => {
      const part = readPart(text)
      if (part?.kind !== 'ask') return false
      if (question.is(part.digest)) return true
      series = collect(series, part)
      const found = series.get(part.digest)
      const whole = found === undefined ? undefined : wholeOf(found)
      if (whole === undefined) become({ stage: 'reading', seen: found?.parts.size ?? 0, total: part.total })
      else {
        series = new Map()
        question.takeUp(part.digest, whole)
      }
      return true
    },
    clear: () => {
      question.rest()
      become({ stage: 'none' })
    },
    stop: question.forget,
  }
}

interface Question {
  readonly is: (digest: string) => boolean
  readonly takeUp: (digest: string, whole: Uint8Array) => void
  /** Asked no more, and known when it is read again. */
  readonly rest: () => void
  readonly forget: () => void
}

function createQuestion(ports: AskerPorts, become: (next: Asking) => void): Question {
  let current = ''
  let cancel = (): void => undefined
  const ask = async (digest: string, bytes: string, again: boolean): Promise<void> => {
    const answer = await ports.send(bytes, again)
    if (current !== digest) return
    const next = stageAfter(answer, again)
    become(next)
    if (next.stage !== 'asking' && next.stage !== 'waiting') return
    // Said to have been asked only once it was: a question that never arrived is asked anew.
    const asked = again || answer.ok
    cancel = ports.after(lookEveryMs, () => void ask(digest, bytes, asked))
  }
  const begin = async (digest: string, whole: Uint8Array): Promise<void> => {
    if (!(await ports.isWhole(whole, digest)) || current !== digest) return
    become({ stage: 'asking' })
    await ask(digest, base64FromBytes(whole), false)
  }
  return {
    is: (digest) => digest === current,
    takeUp: (digest, whole) => {
      cancel()
      current = digest
      void begin(digest, whole)
    },
    rest: () => cancel(),
    forget: () => {
      cancel()
      current = ''
    },
  }
}

function stageAfter(answer: Answer<CarriedAskReply>, again: boolean): Asking {
  if (answer.ok) {
    const { state, codes } = answer.value
    return state === 'waiting' ? { stage: 'waiting' } : { stage: 'answered', state, codes }
  }
  const { kind, status } = answer.failure
  const mayPass = kind !== 'refused' || status === 429
  return mayPass ? (again ? { stage: 'waiting' } : { stage: 'asking' }) : { stage: 'failed', failure: answer.failure }
}
