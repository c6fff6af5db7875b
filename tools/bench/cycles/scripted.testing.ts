import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { runningMs } from '@holdfast/core/values/instants.ts'
import { type ScriptedCabinet, scriptCabinet, type WrittenEvent } from '@holdfast/cloud/cabinets/cabinets.testing.ts'
import { silentLog } from '@holdfast/cloud/platform/log.ts'
import { createMqttLink } from '@holdfast/cloud/platform/mqtt/mqtt-link.ts'
import type { MqttLink } from '@holdfast/cloud/platform/mqtt/link.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import type { KeyPair } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'

/** A cabinet in this process: it speaks the wire, its doors and codes are words only. */
export interface Scripted {
  readonly cabinet: CabinetId
  readonly script: ScriptedCabinet
  /** Journals and signs; what is prepared is told in its order. */
  prepare(...events: readonly WrittenEvent[]): Signed
  /** Resolves once the cloud has acknowledged it. */
  tell(signed: Signed): Promise<void>
  /** Resolves when the claim holds; it is looked at after each message from the cloud. */
  until(claim: () => boolean): Promise<void>
  stop(): Promise<void>
}

/** A piece of a journal as the wire carries it. */
export interface Signed {
  readonly payload: Uint8Array
  readonly upTo: number
}

export async function enrolScripted(
  seals: Seals,
  enrol: (publicKey: string) => Promise<EnrolReply>,
): Promise<Scripted> {
  const key: KeyPair = seals.generate('p256')
  const enrolled = await enrol(key.publicKey)
  const { url, ...credentials } = enrolled.mqtt
  const link = createMqttLink({ url, clientId: enrolled.cabinet, credentials, log: silentLog })
  const claims = new Map<() => boolean, () => void>()
  const look = (): void => {
    for (const [claim, resolve] of claims) {
      if (!claim()) continue
      claims.delete(claim)
      resolve()
    }
  }
  const listening: MqttLink = {
    ...link,
    subscribe: (filter, receive) =>
      link.subscribe(filter, (message) => {
        receive(message)
        look()
      }),
  }
  const script = await scriptCabinet({ seals, link: listening, key }, enrolled)
  const until = (claim: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      claims.set(claim, resolve)
      look()
    })
  let written = 0
  const prepare = (...events: readonly WrittenEvent[]): Signed => {
    script.write(...events)
    const from = written + 1
    written += events.length
    return { payload: script.message(from, written), upTo: written }
  }
  const tell = async ({ payload, upTo }: Signed): Promise<void> => {
    await script.publish('facts', payload)
    await until(() => (script.acks.at(-1)?.watermark ?? 0) >= upTo)
  }
  await script.beat()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the layout that the cloud sent, of the wire's own form.
  const layoutTaken = { type: 'layoutTaken', layout: enrolled.layout, at: runningMs(0) } as unknown as WrittenEvent
  await tell(prepare(layoutTaken))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the cloud's own id.
  return { cabinet: enrolled.cabinet as CabinetId, script, prepare, tell, until, stop: link.close }
}

/** Signatures are believed until `judge`, when no clock runs: what real cabinets check costs no core of the cloud. */
export function judgeLater(seals: Seals): Seals & { judge(): void } {
  let believed: Parameters<Seals['verify']>[] = []
  return {
    ...seals,
    verify: (...claim) => {
      believed.push(claim)
      return true
    },
    judge: () => {
      const claims = believed
      believed = []
      if (!claims.every((claim) => seals.verify(...claim))) throw new Error('the cloud sent a forged message')
    },
  }
}
