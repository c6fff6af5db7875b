import { nightNow } from '@holdfast/core/cabinet/safety/night.ts'
import type { Broken, Show, Site, ToScreen } from '@holdfast/wire/kiosk/show.ts'
import { parcelDigest } from '@holdfast/wire/seals/parcel-digest.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Clock } from '../boards/line/clock.ts'
import type { Loop } from '../loop/loop.ts'
import type { Jack } from '../peripherals/jack.ts'
import type { Scanner } from '../peripherals/scanner.ts'
import { every } from '../platform/every.ts'
import { minuteOfDay } from '../platform/local-time.ts'
import type { Log } from '../platform/log.ts'
import type { Front } from '../uplink/up/health.ts'
import { createDesk } from './desk.ts'
import { type ScreenServer, serveScreen } from './server/server.ts'

export interface KioskPorts {
  readonly clock: Clock
  readonly seals: Seals
  readonly log: Log
  /** 0 asks the system for one. */
  readonly port: number
  /** Folder of the built app (`apps/dist/kiosk`). */
  readonly folder: string
  readonly scanner?: Scanner
  readonly jack?: Jack
}

export interface Kiosk {
  /** With the boot's token in its fragment: for this machine's browser only. */
  readonly url: string
  /** Whether a page is there and alive, can be touched, and what reads labels beside it. */
  front(): Front
  stop(): Promise<void>
}

/** Puts a conversation and a touchscreen on the loop. Rejects where the port is taken. */
export async function createKiosk(loop: Loop, ports: KioskPorts): Promise<Kiosk> {
  const { clock, seals, log, scanner, jack } = ports
  let tell = (_message: ToScreen): void => {}
  let front = (): Front | undefined => undefined
  let told = ''
  const desk = createDesk({
    loop,
    clock,
    log,
    digest: (carrier, number) => parcelDigest(seals, carrier, number),
    broken: () => brokenOf(front(), loop),
    changed: () => {
      const site = siteOf(loop)
      if (JSON.stringify(site) !== told) tell(site)
      told = JSON.stringify(site)
      tell(shown())
    },
  })
  const shown = (): Show => ({ ...desk.show(), ...nightOf(loop), ...earphonesOf(jack) })
  const live = await serveScreen({
    port: ports.port,
    folder: ports.folder,
    token: hex(seals.random(32)),
    same: (left, right) => hex(seals.hash(utf8.encode(left))) === hex(seals.hash(utf8.encode(right))),
    clock,
    log,
    first: () => [siteOf(loop), shown()],
    input: ({ n, v: _v, message: _message, ...touch }) => desk.touch(n, touch),
  })
  tell = live.tell
  front = () => frontOf(live, scanner)
  const pull = jack?.onChange(() => tell(shown()))
  const unwatch = onNight(loop, clock, () => tell(shown()))
  const unplug = scanner?.onText((text) => {
    desk.scanned(text)
  })
  return {
    url: live.url,
    front: () => frontOf(live, scanner),
    stop: async () => {
      unplug?.()
      unwatch()
      pull?.()
      jack?.stop()
      desk.stop()
      await live.stop()
    },
  }
}

const utf8 = new TextEncoder()
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const earphonesOf = (jack: Jack | undefined): Pick<Show, 'earphones'> =>
  jack === undefined ? {} : { earphones: jack.isIn() }

/** The staff's word that the screen is out stands for its touch: whoever can read it is told of the other ways. */
const brokenOf = (front: Front | undefined, loop: Loop): readonly Broken[] => [
  ...(front?.touch === 'absent' || loop.cards.settings()?.screenOut === true ? (['touch'] as const) : []),
  ...(front?.scanner === 'absent' ? (['scanner'] as const) : []),
]

const frontOf = (live: Pick<ScreenServer, 'present' | 'touchable'>, scanner: Scanner | undefined): Front => ({
  kiosk: live.present() ? 'ok' : 'absent',
  touch: live.touchable() ? 'ok' : 'absent',
  scanner: scanner === undefined ? 'none' : scanner.up() ? 'ok' : 'absent',
})

const lookForNightMs = 20_000

/** Night falls and ends while nobody touches anything. */
function onNight(loop: Loop, clock: Clock, changed: () => void): () => void {
  let before = JSON.stringify(nightOf(loop))
  return every(clock, lookForNightMs, () => {
    const now = JSON.stringify(nightOf(loop))
    if (now !== before) changed()
    before = now
  })
}

/** By the operator's hours, where the cabinet stands. */
function nightOf(loop: Loop): Pick<Show, 'night'> {
  const { night: hours, zone } = loop.cards.settings() ?? {}
  const minute = zone === undefined ? undefined : minuteOfDay(loop.wall(), zone)
  const night = minute === undefined ? undefined : nightNow(hours, minute)
  return night === undefined ? {} : { night }
}

function siteOf(loop: Loop): Site {
  const settings = loop.cards.settings()
  const place = settings && {
    siteName: settings.siteName,
    address: settings.address,
    operatorName: settings.operatorName,
    complaintPhone: settings.complaintPhone,
    retentionHours: settings.retentionHours,
    defaultCountry: settings.defaultCountry,
    locales: settings.locales,
  }
  const { layout } = loop.cabinet()
  return { v: 1, message: 'kiosk-site', cabinet: loop.id, layout, place: place ?? null }
}
