import { runningMs } from '@holdfast/core/values/instants.ts'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { Broken, Show } from '@holdfast/wire/kiosk/show.ts'
import type { Clock } from '../boards/line/clock.ts'
import type { Loop, ScanAnswer } from '../loop/loop.ts'
import { every } from '../platform/every.ts'
import type { Log } from '../platform/log.ts'
import { createDeeds } from './deeds.ts'
import { newDialog, type Dialog, type DialogInput, type Sight } from './dialog/dialog.ts'
import { step } from './dialog/step.ts'
import { outageUntil } from './dialog/view/outage.ts'
import { questionOf, viewOf, type View } from './dialog/view/view.ts'

export interface DeskPorts {
  readonly loop: Loop
  readonly clock: Clock
  /** `parcelDigest` over the terminal's seals. */
  readonly digest: Sight['digest']
  /** What nobody can use before the cabinet now. */
  readonly broken: () => readonly Broken[]
  /** A screen to show: a new one, or the same with other figures. */
  readonly changed: () => void
  readonly log: Log
}

/** Where the conversation meets the loop: one input at a time, deeds in their order, then the screen. */
export interface Desk {
  /** The screen of now, with the time that is left on it. */
  show(): Show
  /** False where the screen it answers is no longer there. */
  touch(n: number, touch: Touch): boolean
  /** Whatever the cabinet's scanner read. */
  scanned(text: string): void
  stop(): void
}

export const tickMs = 500

export function createDesk(ports: DeskPorts): Desk {
  const { loop, log } = ports
  const waiting: DialogInput[] = []
  let dialog: Dialog = newDialog
  let working = false
  const carryOut = createDeeds(loop, (input) => take(input), log)
  let view: View = viewOf(dialog, sightOf(ports))
  let broken = ports.broken()
  let n = 0

  const take = (input: DialogInput): void => {
    waiting.push(input)
    if (working) return
    working = true
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { state, deeds } = step(dialog, next, sightOf(ports))
        dialog = state
        for (const deed of deeds) carryOut(deed)
      }
    } finally {
      working = false
    }
    refresh()
  }
  const refresh = (): void => {
    const next = viewOf(dialog, sightOf(ports))
    if (questionOf(next.screen) !== questionOf(view.screen)) n += 1
    const brokenNow = ports.broken()
    const isSame = JSON.stringify([next, brokenNow]) === JSON.stringify([view, broken])
    view = next
    broken = brokenNow
    if (!isSame) ports.changed()
  }
  const end = listen(ports, take)

  return {
    show: () => ({ ...showOf(view, n, loop), ...(broken.length === 0 ? {} : { broken: [...broken] }) }),
    touch: (answered, touch) => {
      // A call for help answers no screen: none is too old for it.
      if (answered !== n && touch.kind !== 'emergency') return false
      take({ type: 'touch', touch })
      return true
    },
    scanned: (text) => {
      const answer: ScanAnswer = loop.present(text)
      take({ type: 'presented', answer })
    },
    stop: end,
  }
}

/** Everything that is no touch and no scan of the cabinet's own. */
function listen({ loop, clock }: DeskPorts, take: (input: DialogInput) => void): () => void {
  const ends = [
    loop.onEvents((events) => {
      take({ type: 'events', events })
    }),
    loop.onChange(() => {
      take({ type: 'changed' })
    }),
    loop.onPhoneScan(({ person, text }) => {
      const { session } = loop.cabinet()
      if (session?.kind !== 'courier' || session.person !== person) return false
      take({ type: 'scan', text })
      return true
    }),
    loop.onPhonePicture(({ person, picture }) => {
      const { session } = loop.cabinet()
      if (session?.kind !== 'courier' || session.person !== person || session.look === undefined) return false
      take({ type: 'picture', picture })
      return true
    }),
    loop.onNoticeMissed(({ person, deposit }) => {
      const { session } = loop.cabinet()
      if (session?.kind !== 'courier' || session.person !== person) return false
      take({ type: 'notice-missed', deposit })
      return true
    }),
    every(clock, tickMs, () => {
      take({ type: 'tick' })
    }),
  ]
  return () => {
    for (const end of ends) end()
  }
}

function showOf(view: View, n: number, loop: Loop): Show {
  const { screen, doors, until, total, pausedUntil, online, emergency, maybeInside } = view
  const left = (to: number): number => Math.max(0, Math.round(to - loop.now()))
  return {
    v: 1,
    message: 'kiosk-show',
    n,
    screen,
    doors,
    time: until === null ? null : { leftMs: left(until), totalMs: total },
    pausedMs: pausedUntil === null || pausedUntil <= loop.now() ? null : left(pausedUntil),
    online,
    ...(emergency ? { emergency } : {}),
    ...(maybeInside === null ? {} : { maybeInside }),
  }
}

function sightOf({ loop, digest, broken }: DeskPorts): Sight {
  return {
    id: loop.id,
    cabinet: loop.cabinet(),
    now: runningMs(Math.round(loop.now())),
    online: loop.online(),
    journal: loop.journalHealth(),
    settings: loop.cards.settings(),
    outageUntil: outageUntil(loop.cards.settings(), loop.wall()),
    untouchable: broken().includes('touch'),
    nonce: () => loop.screenNonce(),
    card: (parcel) => loop.cards.lookup(parcel),
    recallable: (carrier) => loop.cards.recallable(carrier),
    carried: (deposit) => loop.carried(deposit),
    askTexts: (deposit) => loop.askTexts(deposit),
    digest,
    drawDeposit: () => loop.drawId('deposit'),
  }
}
