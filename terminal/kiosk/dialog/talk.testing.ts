import { sixDoors } from '@holdfast/core/cabinet/laws/scene.testing.ts'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { ScreenKind } from '@holdfast/wire/kiosk/screens.ts'
import { createFakeClock } from '../../boards/line/clock.fake.ts'
import { silentLog } from '../../platform/log.ts'
import type { Reply } from '../../loop/loop.ts'
import { createDeeds } from '../deeds.ts'
import { createFakeLoop, type FakeLoop } from '../fake-loop.testing.ts'
import { cardFor, carrier, digest, otherCarrier, person, settings } from '../rig.testing.ts'
import { newDialog, type Deed, type Dialog, type DialogInput, type Sight } from './dialog.ts'
import { step } from './step.ts'
import { viewOf } from './view/view.ts'

const label = 'SF1234567890123'
const second = 'SF1234567890124'

/** A conversation that stands at one screen, to be asked what each touch would do there. */
export interface Talk {
  shown(): ScreenKind
  /** Where it would lead and what it would do; '' where it is dropped. The conversation stays where it is. */
  touched(touch: Touch): string
}

interface Stage {
  readonly loop: FakeLoop
  take(input: DialogInput): void
  touch(touch: Touch): void
  scan(text: string): void
  wait(ms: number): Promise<void>
  /** Scans a carded parcel and waits for its door. */
  begin(number: string): Promise<void>
  shut(): Promise<void>
  signIn(): void
}

export async function talk(kind: ScreenKind): Promise<Talk> {
  const clock = createFakeClock()
  const loop = createFakeLoop({ layout: sixDoors, clock, settings })
  let dialog: Dialog = newDialog
  const sight = (): Sight => sightOf(loop)
  const waiting: DialogInput[] = []
  let working = false
  const take = (input: DialogInput): void => {
    waiting.push(input)
    if (working) return
    working = true
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { state, deeds } = step(dialog, next, sight())
      dialog = state
      deeds.forEach(carryOut)
    }
    working = false
  }
  const carryOut = createDeeds(loop, take, silentLog)
  loop.onEvents((events) => {
    take({ type: 'events', events })
  })
  loop.onChange(() => take({ type: 'changed' }))
  const shownBy = (state: Dialog): ScreenKind => viewOf(state, sight()).screen.kind
  await reaching[kind](stageOf({ loop, clock, take }))
  return {
    shown: () => shownBy(dialog),
    touched: (touch) => {
      const { state, deeds } = step(dialog, { type: 'touch', touch }, sight())
      if (state === dialog && deeds.length === 0) return ''
      const next = viewOf(state, sight()).screen
      const problem = 'problem' in next && next.problem !== null ? ` ${next.problem}` : ''
      return [`${next.kind}${problem}`, ...deeds.map(named)].join(', ')
    },
  }
}

const named = (deed: Deed): string =>
  deed.do === 'submit' || deed.do === 'submit-sealed' ? deed.commands.map(({ type }) => type).join(' ') : deed.do

interface Pieces {
  readonly loop: FakeLoop
  readonly clock: ReturnType<typeof createFakeClock>
  readonly take: Stage['take']
}

function stageOf({ loop, clock, take }: Pieces): Stage {
  const scan = (text: string): void => {
    take({ type: 'presented', answer: loop.present(text) })
  }
  return {
    loop,
    take,
    scan,
    touch: (touch) => {
      take({ type: 'touch', touch })
    },
    wait: clock.advance,
    signIn: () => {
      scan(`HF1:sign-in:${person}:${carrier}`)
    },
    begin: async (number) => {
      loop.cardsHere.set(digest(carrier, number), cardFor(number))
      scan(number)
      await clock.advance(3_000)
    },
    shut: async () => {
      for (const [id, { position }] of loop.cabinet().doors) if (position === 'open') loop.shut(id)
      await clock.advance(500)
    },
  }
}

function sightOf(loop: FakeLoop): Sight {
  return {
    id: loop.id,
    cabinet: loop.cabinet(),
    now: loop.now(),
    online: loop.online(),
    journal: loop.journalHealth(),
    settings: loop.cards.settings(),
    outageUntil: null,
    untouchable: false,
    nonce: () => loop.screenNonce(),
    card: (parcel) => loop.cards.lookup(parcel),
    recallable: (of) => loop.cards.recallable(of),
    carried: (deposit) => loop.carried(deposit),
    askTexts: (deposit) => loop.askTexts(deposit),
    digest,
    drawDeposit: () => loop.drawId('deposit'),
  }
}

async function stored(stage: Stage): Promise<void> {
  stage.signIn()
  await stage.begin(label)
  await stage.shut()
  stage.touch({ kind: 'finish' })
  await stage.wait(100)
}

async function pickingUp(stage: Stage): Promise<void> {
  await stored(stage)
  const [deposit] = stage.loop.cabinet().deposits.keys()
  if (deposit === undefined) throw new Error('nothing is stored')
  stage.touch({ kind: 'pick-up' })
  stage.scan(`HF1:pickup:${deposit}`)
  await stage.wait(3_000)
}

async function consentWanted(stage: Stage): Promise<void> {
  stage.signIn()
  stage.loop.cardsHere.set(digest(carrier, label), cardFor(label, { consent: null }))
  stage.scan(label)
}

async function unknownParcel(stage: Stage): Promise<void> {
  stage.signIn()
  stage.scan(label)
  await stage.wait(1_000)
}

async function listedRecall(stage: Stage): Promise<void> {
  await stored(stage)
  stage.loop.listedRecalls.push(...stage.loop.cabinet().deposits.keys())
  stage.signIn()
  stage.touch({ kind: 'recalls' })
}

/** A door opened without a cause, and shut again. */
async function doubtful(stage: Stage): Promise<void> {
  const [door] = stage.loop.cabinet().doors.keys()
  if (door === undefined) throw new Error('no door')
  stage.loop.observe({ type: 'door', door, fact: { type: 'doorSeen', sight: 'open', witness: 'leaf' } })
  await stage.shut()
  stage.signIn()
  stage.touch({ kind: 'looks' })
}

/** The second label stops at a size, and "back" leads to the scan screen with the first one behind its door. */
async function undone(stage: Stage): Promise<void> {
  stage.signIn()
  await stage.begin(label)
  await stage.shut()
  stage.loop.cardsHere.set(digest(carrier, second), cardFor(second, { size: null }))
  stage.scan(second)
  stage.touch({ kind: 'back' })
  await stage.wait(2_000)
  stage.touch({ kind: 'undo' })
  await stage.wait(3_000)
}

function replies({ loop }: Stage, change: Partial<Reply>): void {
  const base = { v: 1, cabinet: loop.id, sentAt: 0, kind: 'reply' } as const
  loop.answerAsk = ({ deposit }) => ({
    answered: true,
    reply: { ...base, order: loop.drawId('order'), ask: deposit, ...change },
  })
}

/** How each screen is reached. */
export const reaching: Readonly<Record<ScreenKind, (stage: Stage) => Promise<void>>> = {
  unready: async ({ loop }) => {
    loop.set({ settings: undefined })
  },
  idle: async () => {},
  code: async ({ touch }) => {
    touch({ kind: 'pick-up' })
  },
  'lost-code': async ({ touch }) => {
    touch({ kind: 'lost-code' })
  },
  'sign-in': async ({ touch }) => {
    touch({ kind: 'deliver' })
  },
  'courier-phone': async ({ touch }) => {
    touch({ kind: 'by-phone' })
  },
  'courier-code': async (stage) => {
    replies(stage, {})
    stage.touch({ kind: 'by-phone' })
    stage.touch({ kind: 'phone', phone: '13900139000' })
    await stage.wait(1_000)
  },
  'courier-carrier': async (stage) => {
    await reaching['courier-code'](stage)
    replies(stage, { carriers: [carrier, otherCarrier] })
    stage.touch({ kind: 'message-code', code: '123456' })
    await stage.wait(1_000)
  },
  farewell: stored,
  'pickup-door': pickingUp,
  complaint: async (stage) => {
    await pickingUp(stage)
    stage.touch({ kind: 'wrong' })
  },
  'pickup-next': async (stage) => {
    await pickingUp(stage)
    await stage.shut()
    stage.touch({ kind: 'all-good' })
  },
  scan: async ({ signIn }) => {
    signIn()
  },
  looking: async ({ signIn, scan }) => {
    signIn()
    scan(label)
  },
  size: async ({ signIn, scan, loop }) => {
    signIn()
    loop.cardsHere.set(digest(carrier, label), cardFor(label, { size: null }))
    scan(label)
  },
  recipient: unknownParcel,
  'recipient-check': async (stage) => {
    await unknownParcel(stage)
    stage.touch({ kind: 'recipient', phone: '13800138000' })
  },
  consent: consentWanted,
  'phone-asks': async (stage) => {
    stage.signIn()
    stage.loop.set({ online: false })
    stage.scan(label)
  },
  'same-door': async (stage) => {
    stage.signIn()
    const recipient = { recipient: 'f'.repeat(64) }
    for (const number of [label, second]) {
      stage.loop.cardsHere.set(digest(carrier, number), cardFor(number, recipient))
    }
    stage.scan(label)
    await stage.wait(3_000)
    stage.scan(second)
  },
  'deposit-door': async (stage) => {
    stage.signIn()
    await stage.begin(label)
    await stage.shut()
  },
  'undo-door': async (stage) => {
    await undone(stage)
    await stage.shut()
  },
  carry: async (stage) => {
    stage.signIn()
    stage.loop.set({ online: false })
    await stage.begin(label)
    await stage.shut()
    stage.touch({ kind: 'finish' })
  },
  looks: doubtful,
  'look-door': async (stage) => {
    await doubtful(stage)
    stage.touch({ kind: 'look-next' })
    await stage.wait(3_000)
    await stage.shut()
  },
  recalls: listedRecall,
  'recall-door': async (stage) => {
    await listedRecall(stage)
    stage.touch({ kind: 'recall-next' })
    await stage.wait(3_000)
    await stage.shut()
  },
}
