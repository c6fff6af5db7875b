import { eventually } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import { seals } from '@holdfast/cloud/journeys/town.testing.ts'
import type { CarrierId } from '@holdfast/core/values/ids.ts'
import { createDesk } from '@holdfast/terminal/kiosk/desk.ts'
import { silentLog } from '@holdfast/terminal/platform/log.ts'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { ScreenKind, ScreenOf } from '@holdfast/wire/kiosk/screens.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { RealCabinet } from './cabinet.testing.ts'

/** What stands on the screen of a real cabinet, and whoever touches it. */
export function openKiosk({ loop, clock, electrics }: RealCabinet) {
  const digest = (carrier: CarrierId, number: string): string => parcelDigest(seals, carrier, number)
  const desk = createDesk({ loop, clock, digest, broken: () => [], changed: () => {}, log: silentLog })
  const { show } = desk
  const screen = () => show().screen
  const is = <Kind extends ScreenKind>(kind: Kind): ScreenOf<Kind> | undefined => {
    const shown = screen()
    return isOf(shown, kind) ? shown : undefined
  }
  return {
    scan: desk.scanned,
    show,
    screen,
    touch: (touch: Touch): boolean => desk.touch(show().n, touch),
    /** Waits until this stands there; says what does where it never comes. */
    on: async <Kind extends ScreenKind>(
      kind: Kind,
      also: (shown: ScreenOf<Kind>) => boolean = () => true,
    ): Promise<ScreenOf<Kind>> => {
      const found = () => {
        const shown = is(kind)
        return shown !== undefined && also(shown) ? shown : undefined
      }
      await eventually(() => found() !== undefined).catch(() => undefined)
      const shown = found()
      if (shown === undefined) throw new Error(`expected ${kind}, found ${JSON.stringify(screen())}`)
      return shown
    },
    shutDoors: (): void => electrics.open.clear(),
    close: desk.stop,
  }
}

const isOf = <Kind extends ScreenKind>(shown: ScreenOf<ScreenKind>, kind: Kind): shown is ScreenOf<Kind> =>
  shown.kind === kind
