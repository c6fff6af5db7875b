import { after, hours, minutes, type Instant, type RunningMs } from '../values/instants.ts'

/** How long after the cloud was last heard a certificate still opens, and within how long its doors are counted. */
export const certificateLimits = { sinceHeard: hours(24), doorsWithin: hours(24), doorsMost: 60 } as const

export type CertificateRefusal = 'certificate-denied' | 'certificate-unheard' | 'certificate-expired'

/** What a cabinet with no network knows when a courier shows a certificate. */
export interface CertificateSight {
  readonly now: RunningMs
  /** Running time at which the cloud was last heard; null: never. */
  readonly heardAt: RunningMs | null
  readonly wall: Instant
  readonly clockTrusted: boolean
  readonly denied: boolean
}

/** Running time is the right's own clock; the end date counts only while the wall clock is trusted (Time and conflict). */
export function refuseCertificate(
  { from, until }: { readonly from: Instant; readonly until: Instant },
  { now, heardAt, wall, clockTrusted, denied }: CertificateSight,
): CertificateRefusal | undefined {
  if (denied) return 'certificate-denied'
  if (heardAt === null || now >= after(heardAt, certificateLimits.sinceHeard)) return 'certificate-unheard'
  if (until <= from) return 'certificate-expired'
  if (clockTrusted && (wall >= until || after(wall, skew) < from)) return 'certificate-expired'
  return undefined
}

/** A trusted clock may still lie a little apart from the cloud's. */
const skew = minutes(2)

/** A door that somebody opened with a certificate: counted until it is a day of running time old. */
export interface CertifiedDoor {
  readonly person: string
  readonly at: RunningMs
}

export const doorsOpened = (opened: readonly CertifiedDoor[], person: string, now: RunningMs): number =>
  opened.filter((door) => door.person === person && now < after(door.at, certificateLimits.doorsWithin)).length

export const noteDoor = (opened: readonly CertifiedDoor[], door: CertifiedDoor): readonly CertifiedDoor[] => [
  ...opened.filter(({ at }) => door.at < after(at, certificateLimits.doorsWithin)),
  door,
]
