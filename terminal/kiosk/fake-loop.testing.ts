import { cabinetDecider } from '@holdfast/core/cabinet/cabinet.ts'
import type { CabinetCommand, CabinetFact } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { CabinetLayout } from '@holdfast/core/cabinet/layout.ts'
import { newCabinet, type Cabinet } from '@holdfast/core/cabinet/state.ts'
import type { Given } from '@holdfast/core/decider/decider.ts'
import {
  makeId,
  type CarrierId,
  type CompartmentId,
  type DepositId,
  type Id,
  type IdKind,
  type PersonId,
} from '@holdfast/core/values/ids.ts'
import { instant, runningMs } from '@holdfast/core/values/instants.ts'
import { dammDigit } from '@holdfast/wire/bytes/damm.ts'
import type { Card, Settings } from '@holdfast/wire/cabinet/desired.ts'
import { readTypedCode } from '@holdfast/wire/seals/codes.ts'
import type { Clock } from '../boards/line/clock.ts'
import type {
  CodeAnswer,
  JournalHealth,
  Loop,
  MissedNotice,
  PhonePicture,
  PhoneQuestion,
  Question,
  Replied,
  ReplyScan,
  ScanAnswer,
  Verdict,
} from '../loop/loop.ts'
import { every } from '../platform/every.ts'
import { createListeners } from '../platform/listeners.ts'

/** Milliseconds from the intent to the door seen open, and how long the codes take. */
export const leafMs = 130
export const hashMs = 300

export interface FakeLoop extends Loop {
  /** Doors that do not move when pulsed. */
  readonly jammed: Set<CompartmentId>
  readonly cardsHere: Map<string, Card>
  readonly asked: Question[]
  readonly listedRecalls: DepositId[]
  readonly standingPhones: Set<string>
  /** The cloud has heard everything. */
  acknowledged: boolean
  answerAsk: (question: Question) => Replied
  shut(door: CompartmentId): void
  /** First generation's plain code of a deposit. */
  codeOf(deposit: DepositId): string
  set(change: { online?: boolean; journal?: JournalHealth; settings?: Settings | undefined }): void
  observe(fact: CabinetFact): readonly CabinetEvent[]
  phoneScans(person: PersonId, text: string): boolean
  phonePictures(person: PersonId, picture: string): boolean
  missNotice(person: PersonId, deposit: DepositId): boolean
  stop(): void
}

export interface FakeLoopOptions {
  readonly layout: CabinetLayout
  readonly clock: Clock
  readonly settings: Settings | undefined
}

/** The real decider, doors that spring open, codes without a hash, and a network that says what a test tells it. */
export function createFakeLoop({ layout, clock, settings: first }: FakeLoopOptions): FakeLoop {
  let cabinet: Cabinet = newCabinet
  let born = 0
  let nonces = 0
  let online = true
  let journal: JournalHealth = 'ok'
  let settings = first
  let byPhone: { readonly question: PhoneQuestion; readonly settle: (replied: Replied) => void } | undefined
  const codes = new Map<DepositId, string>()
  const events = createListeners<[readonly CabinetEvent[]]>()
  const changes = createListeners<[]>()
  const scans = createListeners<[{ readonly person: PersonId; readonly text: string }], boolean>()
  const pictures = createListeners<[PhonePicture], boolean>()
  const misses = createListeners<[MissedNotice], boolean>()
  const drawId = <Kind extends IdKind>(kind: Kind): Id<Kind> => makeId(kind, instant((born += 1)), new Uint8Array(10))
  const now = () => runningMs(Math.round(clock.now()) + 1_000_000)
  const given = (): Given => ({ now: now(), wall: instant(0), clockTrusted: true, random: new Uint8Array(64) })

  const commit = (happened: readonly CabinetEvent[]): readonly CabinetEvent[] => {
    cabinet = happened.reduce(cabinetDecider.evolve, cabinet)
    for (const event of happened) if (event.type === 'doorUnlockIntended') pulse(event.door)
    if (happened.length > 0) events.tell(happened)
    return happened
  }
  const observe = (fact: CabinetFact): readonly CabinetEvent[] => commit(cabinetDecider.absorb(cabinet, fact, given()))
  const see = (door: CompartmentId, sight: 'shut' | 'open'): void => {
    observe({ type: 'door', door, fact: { type: 'doorSeen', sight, witness: 'leaf' } })
  }
  const pulse = (door: CompartmentId): void => {
    clock.after(leafMs, () => {
      observe({ type: 'door', door, fact: { type: 'doorPulseSent' } })
      if (!loop.jammed.has(door)) see(door, 'open')
    })
  }
  const submit = (commands: CabinetCommand | readonly CabinetCommand[]): Verdict => {
    const all: CabinetEvent[] = []
    let state = cabinet
    for (const command of Array.isArray(commands)
      ? (commands as readonly CabinetCommand[])
      : [commands as CabinetCommand]) {
      const decision = cabinetDecider.decide(state, command, given())
      if (!decision.accepted) return decision
      state = decision.events.reduce(cabinetDecider.evolve, state)
      all.push(...decision.events)
    }
    return { accepted: true, events: commit(all) }
  }
  const later = <Value>(ms: number, value: () => Value): Promise<Value> =>
    new Promise((resolve) => {
      clock.after(ms, () => {
        resolve(value())
      })
    })
  const enterCode = async (typed: string, tail?: string): Promise<CodeAnswer> => {
    const read = readTypedCode(typed)
    if (read.kind !== 'code') return { outcome: read.kind }
    const verdict = submit({ type: 'attemptCode', step: tail === undefined ? 'code' : 'code-and-tail' })
    if (!verdict.accepted) return { outcome: 'refused', refusal: verdict.refusal }
    const session = drawId('session')
    const attempt = cabinet.keypad.attempts
    return later(hashMs, () => {
      const said = observe({
        type: 'codeTagged',
        attempt,
        tag: read.code,
        tailTag: `${read.code}/${tail ?? ''}`,
        session,
      })
      const accepted = said.find((event) => event.type === 'codeAccepted')
      return accepted === undefined ? { outcome: 'wrong' } : { outcome: 'opened', deposit: accepted.deposit, session }
    })
  }

  /** `HF2:YES`: whatever `answerAsk` says to the question that stands. */
  const answered = (text: string): ReplyScan => {
    if (text !== 'HF2:YES') return 'reply-malformed'
    const standing = byPhone
    byPhone = undefined
    standing?.settle(loop.answerAsk(standing.question))
    return standing === undefined ? 'reply-stale' : 'taken'
  }

  const loop: FakeLoop = {
    id: drawId('cabinet'),
    jammed: new Set(),
    cardsHere: new Map(),
    asked: [],
    listedRecalls: [],
    standingPhones: new Set(),
    acknowledged: false,
    answerAsk: () => ({ answered: false, why: 'timeout' }),
    cabinet: () => cabinet,
    now,
    wall: () => instant(0),
    submit,
    submitSealed: async (commands) => submit(commands),
    observe,
    onEvents: events.add,
    onChange: changes.add,
    onAlarm: () => () => {},
    drawId,
    screenNonce: () => ({ nonce: nonceNow(clock), number: '47' }),
    present: (text): ScanAnswer => {
      if (text.startsWith('HF2:')) return { kind: 'reply', scan: answered(text) }
      const command = grantOf(text, cabinet, drawId)
      return command === undefined ? { kind: 'label', text } : { kind: 'grant', verdict: submit(command) }
    },
    enterCode,
    prepareCodes: ({ deposit, tail }) => {
      nonces += 1
      const plain = [0, 1].map((generation) => {
        const digits = String(12_345_600 + nonces * 10 + generation).padStart(8, '0')
        return `${digits}${dammDigit(digits)}`
      })
      return later(hashMs, () => {
        codes.set(deposit, plain[0] ?? '')
        const tags = plain.map((tag, generation) => ({ generation, tag, tailTag: `${tag}/${tail ?? ''}` }))
        return submit({ type: 'prepareDeposit', deposit, codes: tags })
      })
    },
    cards: {
      lookup: (parcel) => loop.cardsHere.get(parcel),
      learn: (card) => loop.cardsHere.set(card.parcel, card),
      recallable: (_carrier: CarrierId) => loop.listedRecalls,
      isListed: (deposit) => loop.listedRecalls.includes(deposit),
      standing: (phone) => later(hashMs, () => loop.standingPhones.has(phone)),
      settings: () => settings,
    },
    ask: (question) => {
      loop.asked.push(question)
      return later(hashMs, () => (online ? loop.answerAsk(question) : { answered: false, why: 'offline' }))
    },
    askByPhone: (question) => {
      byPhone?.settle({ answered: false, why: 'offline' })
      return new Promise((settle) => {
        byPhone = { question, settle }
        changes.tell()
      })
    },
    askTexts: (deposit) => (byPhone?.question.deposit === deposit ? [`HF2:ASK:${deposit.toUpperCase()}`] : []),
    carried: (deposit) => (loop.acknowledged ? [] : [1, 2, 3].map((part) => `HF2:${deposit.toUpperCase()}:${part}`)),
    onPhoneScan: scans.add,
    onPhonePicture: pictures.add,
    onNoticeMissed: misses.add,
    online: () => online,
    journalHealth: () => journal,
    shut: (door) => {
      see(door, 'shut')
    },
    codeOf: (deposit) => codes.get(deposit) ?? '',
    set: (change) => {
      online = change.online ?? online
      journal = change.journal ?? journal
      if ('settings' in change) settings = change.settings
      changes.tell()
    },
    phonePictures: (person, picture) => pictures.tell({ person, picture }).some(Boolean),
    missNotice: (person, deposit) => misses.tell({ person, deposit }).some(Boolean),
    phoneScans: (person, text) => scans.tell({ person, text }).some(Boolean),
    stop: every(clock, 250, () => {
      observe({ type: 'timePassed' })
    }),
  }
  submit({ type: 'takeLayout', layout })
  observe({ type: 'started', boot: 1 })
  for (const { id } of layout.compartments) see(id, 'shut')
  return loop
}

const nonceNow = (clock: Clock): string =>
  Math.floor(clock.now() / 30_000)
    .toString(16)
    .padStart(32, '0')

/** `HF1:sign-in:<person>:<carrier>`, `HF1:pickup:<deposit>` or a refusal, `HF1:stale`. */
function grantOf(
  text: string,
  cabinet: Cabinet,
  drawId: <Kind extends IdKind>(kind: Kind) => Id<Kind>,
): CabinetCommand | undefined {
  const [mark, action, ...ids] = text.split(':')
  if (mark !== 'HF1') return undefined
  const session = drawId('session')
  const nonce = 'screen'
  const freshness = action === 'stale' ? 'stale' : 'screen'
  if (action === 'pickup') {
    const deposit = [...cabinet.deposits.values()].find(({ id }) => id === ids[0])
    if (deposit === undefined) return undefined
    const { id, compartment, epoch } = deposit
    return { type: 'acceptGrant', session, person: null, deposit: id, compartment, epoch, nonce, freshness }
  }
  const person = (ids[0] ?? '') as PersonId
  const carrier = (ids[1] ?? '') as CarrierId
  return { type: 'openCourierSession', session, person, carrier, via: 'grant', nonce, freshness }
}
