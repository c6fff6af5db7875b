import { certificateLimits, type CertificateSight, refuseCertificate } from '@holdfast/core/access/certificate.ts'
import type { Freshness } from '@holdfast/core/access/nonces.ts'
import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import type { CabinetEvent } from '@holdfast/core/cabinet/events.ts'
import type { Decision } from '@holdfast/core/decider/decider.ts'
import type { CabinetId, SessionId } from '@holdfast/core/values/ids.ts'
import { isCertificateText, openCertificate } from '@holdfast/wire/seals/certificate.ts'
import { type Grant, grantFromText, isGrantText, openGrant } from '@holdfast/wire/seals/grant.ts'
import type { PublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { GrantRefusal, ScanAnswer, Verdict } from '../loop/loop.ts'
import type { Beside } from '../loop/machine.ts'
import type { NonceDesk } from './nonces.ts'
import { toHex } from './tags.ts'

export interface PresentPorts {
  readonly cabinet: CabinetId
  readonly seals: Seals
  readonly cloudKeys: ReadonlyMap<number, PublicKey>
  readonly nonces: NonceDesk
  readonly drawSession: () => SessionId
  readonly ground: () => CertificateGround
  readonly submit: (commands: readonly CabinetCommand[], beside?: Beside) => Verdict
}

export type GrantVerdict = Decision<CabinetEvent, GrantRefusal>
export type GrantVia = 'grant' | 'message-code'

/** What judges a courier's certificate where nobody can be asked. */
export type CertificateGround = Omit<CertificateSight, 'denied'> & { readonly isDenied: (serial: string) => boolean }

export interface Presenter {
  /** Whatever the scanner read: a grant is acted on, anything else is a label. */
  scanned(text: string, via?: GrantVia): ScanAnswer
  /** The same grant by the network. */
  granted(text: string, beside?: Beside): GrantVerdict
}

export function createPresenter(ports: PresentPorts): Presenter {
  const judge = (bytes: Uint8Array, via: GrantVia, beside?: Beside): GrantVerdict => {
    const read = openGrant(ports.seals, ports.cloudKeys, bytes)
    if (!read.ok) return refused(read.refusal)
    const { grant } = read
    if (grant.cabinet !== ports.cabinet) return refused('grant-other-cabinet')
    const nonce = toHex(grant.nonce)
    const freshness = ports.nonces.spend(nonce, String(grant.number).padStart(2, '0'))
    const command = commandOf(grant, { session: ports.drawSession(), nonce, freshness, via })
    return command === undefined ? refused('grant-not-served') : ports.submit([command], beside)
  }
  const read = (text: string, via: GrantVia, beside?: Beside): GrantVerdict => {
    const bytes = grantFromText(text)
    return bytes === undefined ? refused('grant-malformed') : judge(bytes, via, beside)
  }
  return {
    scanned: (text, via = 'grant') => {
      if (isCertificateText(text)) return { kind: 'grant', verdict: certified(ports, text) }
      return isGrantText(text) ? { kind: 'grant', verdict: read(text, via) } : { kind: 'label', text }
    },
    granted: (text, beside) => read(text, 'grant', beside),
  }
}

/** No network at either end: the phone's key answers this screen. The nonce is spent, right or wrong. */
function certified(ports: PresentPorts, text: string): GrantVerdict {
  const { seals, cloudKeys, cabinet } = ports
  const read = openCertificate(seals, cloudKeys, { text, cabinet })
  if (!read.ok) return refused(read.refusal)
  const { certificate, nonce: shown, number } = read.presented
  const nonce = toHex(shown)
  const freshness = ports.nonces.spend(nonce, String(number).padStart(2, '0'))
  const { isDenied, ...sight } = ports.ground()
  const refusal = refuseCertificate(certificate, { ...sight, denied: isDenied(certificate.serial) })
  if (refusal !== undefined) return refused(refusal)
  const { person, carrier } = certificate
  const doors = Math.min(certificate.doors, certificateLimits.doorsMost)
  const session = ports.drawSession()
  return ports.submit([
    { type: 'openCourierSession', session, person, carrier, via: 'certificate', nonce, doors, freshness },
  ])
}

interface Presented {
  readonly session: SessionId
  readonly nonce: string
  readonly freshness: Freshness
  readonly via: GrantVia
}

function commandOf(grant: Grant, { via, ...presented }: Presented): CabinetCommand | undefined {
  switch (grant.action) {
    case 'sign-in':
      return { type: 'openCourierSession', ...presented, via, person: grant.person, carrier: grant.carrier }
    case 'pickup': {
      const { deposit, compartment, epoch } = grant
      return { type: 'acceptGrant', ...presented, deposit, compartment, epoch, person: null }
    }
    case 'unlock':
      return undefined
  }
}

const refused = (refusal: GrantRefusal): GrantVerdict => ({ accepted: false, refusal })
