import { afterEach, describe, expect, it } from 'vitest'
import type { CabinetCommand } from '@holdfast/core/cabinet/commands.ts'
import { after, hours, instant } from '@holdfast/core/values/instants.ts'
import type { CarrierId, PersonId } from '@holdfast/core/values/ids.ts'
import { concatBytes } from '@holdfast/wire/bytes/concat.ts'
import { answerBytes, type Certificate, certificateText, signCertificate } from '@holdfast/wire/seals/certificate.ts'
import type { ScanAnswer } from '../loop/loop.ts'
import { begin, cloud, createRig, id, type Rig, type RigOptions, seals } from '../terminal.testing.ts'

const rigs: Rig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.terminal.stop()
})

const start = 1_800_000_000_000
const phone = seals.generate('p256')
const [person, carrier]: readonly [PersonId, CarrierId] = [id('person'), id('carrier')]

/** A cabinet that has heard the cloud once, and has no network now. */
async function cutOff(options: RigOptions = {}, denied: readonly string[] = []): Promise<Rig> {
  const rig = await createRig({ wall: () => start, ...options })
  rigs.push(rig)
  const { cabinet } = rig.identity
  const applied = new Promise<void>((resolve) => {
    const forget = rig.terminal.loop.onChange(() => {
      forget()
      resolve()
    })
  })
  rig.tell('desired', { v: 1, cabinet, base: 0, version: 1, putCards: [], dropCards: [], denied })
  await applied
  rig.network.cut(true)
  return rig
}

const certificate = (change: Partial<Certificate> = {}): Certificate => ({
  keyId: 1,
  serial: 'aabbccddeeff0011',
  person,
  carrier,
  doors: 60,
  from: instant(start),
  until: after(instant(start), hours(24)),
  key: phone.publicKey,
  ...change,
})

interface Shown {
  readonly made?: Partial<Certificate>
  readonly cabinet?: Rig['identity']['cabinet']
  readonly nonce?: string
  readonly number?: number
  readonly by?: typeof phone
  readonly cloudKey?: typeof cloud.orders
}

/** What the phone holds before the scanner, for the screen of now where nothing else is said. */
function shown(rig: Rig, given: Shown = {}): string {
  const now = rig.terminal.loop.screenNonce()
  const nonce = new Uint8Array(Buffer.from(given.nonce ?? now.nonce, 'hex'))
  const number = given.number ?? Number(now.number)
  const bytes = signCertificate(seals, (given.cloudKey ?? cloud.orders).privateKey, certificate(given.made))
  const answer = answerBytes(bytes, { cabinet: given.cabinet ?? rig.identity.cabinet, nonce, number })
  const body = concatBytes(bytes, answer.subarray(answer.length - 33))
  const signature = seals.sign((given.by ?? phone).privateKey, { kind: 'certificate-answer', bytes: body })
  return certificateText(bytes, { nonce, number }, signature)
}

const said = (answer: ScanAnswer): string =>
  answer.kind !== 'grant' ? answer.kind : answer.verdict.accepted ? 'signed in' : answer.verdict.refusal
const scan = (rig: Rig, text: string): string => said(rig.terminal.loop.present(text))
const other = (number: string): number => (Number(number) + 1) % 100

describe('a courier with no network at all', () => {
  it('signs in with the phone’s key, for this screen, and may put parcels in', async () => {
    const rig = await cutOff()
    expect(scan(rig, shown(rig))).toBe('signed in')
    const { session } = rig.terminal.loop.cabinet()
    expect(session).toMatchObject({ kind: 'courier', person, carrier, via: 'certificate', doors: 60 })
    expect(rig.terminal.loop.submit(begin(session?.id ?? id('session'), id('deposit'))).accepted).toBe(true)
  })

  it('is told by the journal like any other, and by certificate', async () => {
    const rig = await cutOff()
    scan(rig, shown(rig))
    rig.network.cut(false)
    const { lines } = await rig.broker.until(({ lines: all }) =>
      all.some((line) => line.includes('courierSessionOpened')),
    )
    expect(lines.find((line) => line.includes('courierSessionOpened'))).toContain('"via":"certificate"')
  })

  it('signs in over a restart within the day, because what was heard is kept', async () => {
    const rig = await cutOff()
    const again = await rig.restart()
    rigs.push(again)
    again.network.cut(true)
    expect(scan(again, shown(again))).toBe('signed in')
  })
})

const attacks: Readonly<Record<string, readonly [(rig: Rig) => string, string]>> = {
  'a copy shown again': [
    (rig) => {
      const text = shown(rig)
      scan(rig, text)
      endOf(rig)
      return text
    },
    'nonce-stale',
  ],
  'a nonce that this screen never showed': [(rig) => shown(rig, { nonce: '00'.repeat(16) }), 'nonce-stale'],
  'another number than stands beside the code': [
    (rig) => shown(rig, { number: other(rig.terminal.loop.screenNonce().number) }),
    'number-wrong',
  ],
  'a number that was wrong once, then right': [
    (rig) => {
      const { nonce, number } = rig.terminal.loop.screenNonce()
      scan(rig, shown(rig, { nonce, number: other(number) }))
      return shown(rig, { nonce, number: Number(number) })
    },
    'nonce-stale',
  ],
  'an answer for another cabinet': [(rig) => shown(rig, { cabinet: id('cabinet') }), 'certificate-forged'],
  'a certificate on another phone': [(rig) => shown(rig, { by: seals.generate('p256') }), 'certificate-forged'],
  'a certificate that the phone wrote': [
    (rig) => shown(rig, { cloudKey: seals.generate('ed25519') }),
    'certificate-forged',
  ],
  'a key of the cloud that is not pinned': [(rig) => shown(rig, { made: { keyId: 9 } }), 'certificate-forged'],
  'one on the deny list': [(rig) => shown(rig, { made: { serial: '00000000000000dd' } }), 'certificate-denied'],
  'one that ends before it begins': [(rig) => shown(rig, { made: { until: instant(start) } }), 'certificate-expired'],
  'a torn code': [(rig) => shown(rig).slice(0, 100), 'certificate-malformed'],
}

describe('what is no sign-in', () => {
  it.each(Object.entries(attacks))('%s: nobody is signed in and no door opens', async (_name, [text, refusal]) => {
    const rig = await cutOff({}, ['00000000000000dd'])
    expect(scan(rig, text(rig))).toBe(refusal)
    expect(rig.terminal.loop.cabinet().session).toBeNull()
    expect(rig.doors.pulses).toEqual([])
  })

  it('signs in nobody at a cabinet that never heard the cloud', async () => {
    const rig = await createRig()
    rigs.push(rig)
    rig.network.cut(true)
    expect(scan(rig, shown(rig))).toBe('certificate-unheard')
  })

  it('counts the doors of a day, over sessions and a restart', async () => {
    const rig = await cutOff()
    const open = (at: Rig): string => {
      scan(at, shown(at, { made: { doors: 2 } }))
      const { session } = at.terminal.loop.cabinet()
      const deposit = id('deposit')
      const verdict = at.terminal.loop.submit(begin(session?.id ?? id('session'), deposit))
      if (!verdict.accepted) return verdict.refusal
      const cancel: CabinetCommand = { type: 'cancelDeposit', session: session?.id ?? id('session'), deposit }
      at.terminal.loop.submit(cancel)
      return 'begun'
    }
    expect(open(rig)).toBe('begun')
    const again = await rig.restart()
    rigs.push(again)
    again.network.cut(true)
    expect(open(again)).toBe('begun')
    const last = await again.restart()
    rigs.push(last)
    last.network.cut(true)
    expect(open(last)).toBe('certificate-spent')
  })
})

function endOf({ terminal: { loop } }: Rig): void {
  const { session } = loop.cabinet()
  if (session !== null) loop.submit({ type: 'endSession', session: session.id })
}
