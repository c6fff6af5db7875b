import type { CompartmentId } from '@holdfast/core/values/ids.ts'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { ScreenKind, ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { type Show, showSchema, siteSchema } from '@holdfast/wire/kiosk/show.ts'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import { followEvents } from './events.ts'
import { createWatch } from './watch.ts'

/** A person at a cabinet's touchscreen, speaking the kiosk's local interface as its page does. */
export interface KioskHands {
  /** Resolves with the screen of this kind, now or as soon as it comes. */
  sees<Kind extends ScreenKind>(kind: Kind, ...more: Wanted<Kind>): Promise<ScreenOf<Kind>>
  /** Any screen that fits. */
  until<Found>(pick: (show: Show) => Found | undefined, what: string, withinMs?: number): Promise<Found>
  touch(touch: Touch): Promise<void>
  show(): Show | undefined
  labelOf(compartment: CompartmentId | string): string
  /** Only one page is live: the next touch comes back, and takes the screen from whoever has it then. */
  leave(): void
}

type Wanted<Kind extends ScreenKind> = [fits?: (screen: ScreenOf<Kind>) => boolean, withinMs?: number]

const aliveMs = 10_000

/** @param url as the terminal printed it, with the boot's token in its fragment */
export function standAtKiosk(url: string): KioskHands {
  const { origin, hash } = new URL(url)
  const headers = { authorization: `Bearer ${hash.slice(1)}`, origin }
  const shows = createWatch<Show>((show) => (show === undefined ? 'no screen' : JSON.stringify(show.screen)))
  const sites = createWatch<Static<typeof siteSchema>>(() => 'no site')
  let leaving: AbortController | undefined
  let beat: NodeJS.Timeout | undefined
  const hear = (data: string): void => {
    const message: unknown = JSON.parse(data)
    if (Value.Check(showSchema, message)) shows.tell(message)
    if (Value.Check(siteSchema, message)) sites.tell(message)
  }
  const come = (): void => {
    if (leaving !== undefined) return
    leaving = new AbortController()
    followEvents(`${origin}/kiosk/screen`, { headers, signal: leaving.signal, onData: hear })
    beat = setInterval(() => void post('alive').catch(() => undefined), aliveMs)
  }
  const post = async (path: string, body?: unknown): Promise<number> => {
    const given = body === undefined ? {} : { body: JSON.stringify(body) }
    const reply = await fetch(`${origin}/kiosk/${path}`, { method: 'POST', headers, ...given })
    return reply.status
  }
  const until: KioskHands['until'] = async (pick, what, withinMs) => {
    come()
    return await shows.until(pick, what, withinMs)
  }
  const send = async (touch: Touch): Promise<number> => {
    const n = await until((show) => show.n, 'a screen')
    return await post('input', { v: 1, message: 'kiosk-input', n, ...touch })
  }
  return {
    sees: (kind, fits = () => true, withinMs) =>
      until(({ screen }) => (isOf(screen, kind) && fits(screen) ? screen : undefined), `screen ${kind}`, withinMs),
    until,
    touch: async (touch) => {
      const status = await send(touch)
      // The screen moved on at that very moment: a person touches again.
      const again = status === 409 ? await send(touch) : status
      if (again !== 204) throw new Error(`the kiosk answers ${again} to ${JSON.stringify(touch)}`)
    },
    show: shows.latest,
    labelOf: (compartment) => labelIn(sites.latest(), compartment),
    leave: () => {
      clearInterval(beat)
      leaving?.abort()
      leaving = undefined
      shows.forget()
    },
  }
}

const isOf = <Kind extends ScreenKind>(screen: Show['screen'], kind: Kind): screen is ScreenOf<Kind> =>
  screen.kind === kind

function labelIn(site: Static<typeof siteSchema> | undefined, compartment: string): string {
  const found = site?.layout.compartments.find(({ id }) => id === compartment)
  if (found === undefined) throw new Error(`no compartment ${compartment} on this kiosk`)
  return found.label
}
