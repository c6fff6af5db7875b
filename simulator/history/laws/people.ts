import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { When } from '../when.ts'
import type { Claims } from './claim.ts'

/** Law 16: what a sensor sees open is not free; where it lies, only a named person's word with a picture counts. */
export function seenOpen({ ledger, claim }: Claims): When {
  const shut = (id: string, how: string): void => {
    const door = ledger.doors.get(id)
    const rests = door?.position === 'shut' && door.intent === undefined
    claim(16, rests, () => `${id} was ${how} while its door is ${door?.position ?? 'unknown'}`)
  }
  return {
    compartmentReleased: ({ compartment }) => shut(compartment, 'freed'),
    compartmentHeld: ({ compartment }) => shut(compartment, 'handed out'),
    leaseGranted: ({ compartment }) => shut(compartment, 'promised'),
    compartmentInspected: ({ compartment, seen, by, picture }) => {
      const looks = by.startsWith('stf_') || ledger.session?.look === compartment
      claim(16, looks, () => `${compartment} was spoken of by a courier who did not look into it`)
      if (seen === 'empty' && picture === undefined) shut(compartment, 'called empty')
    },
  }
}

/** A release works through its doors 2 s apart and waits for one that is moving; far beyond that it was forgotten. */
const releaseMs = (doors: number): number => 600_000 + doors * 150_000

/** Law 17: who is shut in gets out, at once, and it is written down. */
export function shutIn({ ledger, claim, owe }: Claims): When {
  const { releasing } = ledger
  const late = ({ at }: { readonly at: number }): void => {
    for (const [door, since] of releasing)
      claim(17, at < since + releaseMs(ledger.doors.size), () => `${door} was to be released and never was`)
  }
  return {
    emergencyRaised: ({ what }) => {
      if (what === 'shut-in')
        owe(17, 'somebody is shut in and no release begins', ({ type }) => type === 'releaseBegun')
    },
    releaseBegun: ({ cause }) => {
      const last = ledger.lastEvent?.type
      const asked = cause.order === null ? last === 'emergencyRaised' : last === 'orderAccepted'
      claim(17, asked, () => 'a release began that nobody asked for')
    },
    doorShut: ({ door }) => {
      const known = ledger.doors.get(door)
      if (known?.large !== true || ledger.serviceSwitchClosed || ledger.session !== undefined) return
      owe(17, `${door} is large, was shut outside a session, and nobody is called`, isLargeShut(door))
    },
    doorLeftOpen: late,
    doorUnlockIntended: late,
    codeAttempted: late,
    courierSessionOpened: late,
  }
}

const isLargeShut =
  (door: string) =>
  (event: CabinetEvent): boolean =>
    event.type === 'largeDoorShut' && event.door === door

/** Ids, digests, tags and the words of our own lists; a label on a door is short. */
const harmless = /^(?:[a-z]{3}_[0-9a-z]{26}|[0-9a-f]{32}|[0-9a-f]{64}|[A-Za-z]+(?:-[a-z]+)*)$/
const telling = /\d{6}|[+@]/u
const personal = /\d{6}|[+@]|[^\u0020-\u007e]/u

/** Law 14: an entry says ids and digests; nothing in it looks like a phone, an address, a name or a code. */
export function findPersonal(value: unknown, isLabel = false): string | undefined {
  if (typeof value === 'string')
    return harmless.test(value) || !(isLabel ? telling : personal).test(value) ? undefined : value
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inside] of Object.entries(value)) {
    const found = findPersonal(inside, name === 'label')
    if (found !== undefined) return found
  }
  return undefined
}
