import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { collect, readPart, type Series, wholeOf } from '@holdfast/wire/carry/parts.ts'
import { carriedReply, courierKioskSchema, grantReply } from '@holdfast/wire/http/access.ts'
import type { CabinetKey } from '../../plan/people.ts'
import type { Stage } from '../stage.ts'
import { free, readQr } from './at-kiosk.ts'

/** The courier app's camera reads the codes off the kiosk and brings them to the cloud, twice as phones do. */
export async function carry(
  { kiosks, courier }: Pick<Stage, 'kiosks' | 'courier'>,
  key: CabinetKey,
  known: () => Promise<unknown>,
): Promise<{ readonly ms: number; readonly codes: number }> {
  const { codes } = await kiosks[key].sees('carry')
  const parts = codes.toReversed().flatMap((text) => readPart(text) ?? [])
  const wholes = [...parts.reduce<ReadonlyMap<string, Series>>(collect, new Map()).values()].flatMap(
    (series) => wholeOf(series) ?? [],
  )
  const began = performance.now()
  for (const fresh of [true, false]) {
    for (const whole of wholes) {
      const body = { kind: 'facts', bytes: base64FromBytes(whole) }
      const reply = await courier.ask(carriedReply, 'POST /v1/courier/carried', body)
      if (reply.fresh !== fresh) throw new Error(`carried facts are ${reply.fresh ? '' : 'not '}new`)
    }
  }
  await known()
  return { ms: Math.round(performance.now() - began), codes: codes.length }
}

/** The cabinet hears nothing: the grant goes from the phone's screen to the scanner. */
export async function showSignIn({ kiosks, courier }: Pick<Stage, 'kiosks' | 'courier'>, key: CabinetKey) {
  const kiosk = kiosks[key]
  await free(kiosk)
  await kiosk.touch({ kind: 'deliver' })
  const { qr } = await kiosk.sees('sign-in', (screen) => screen.qr !== null)
  if (qr === null) throw new Error('no QR on the sign-in screen')
  const { cabinet, nonce, number } = readQr(qr)
  const scan = await courier.ask(courierKioskSchema, 'POST /v1/courier/kiosk-scans', { cabinet, nonce })
  const carrier = scan.carriers[0]?.carrier
  const grant = await courier.ask(grantReply, 'POST /v1/courier/kiosk-sign-ins', { cabinet, nonce, number, carrier })
  return grant.grant
}
