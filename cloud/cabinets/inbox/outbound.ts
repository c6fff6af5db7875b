import type { CabinetId } from '@holdfast/core/values/ids.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { type MessageKind, signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { type DownChannel, downTopic } from '@holdfast/wire/cabinet/topics.ts'
import { codeOf } from '../../platform/failure.ts'
import type { LinkPorts } from '../../platform/ports.ts'
import { shardFor } from '../registry/registry.ts'

const kinds = { orders: 'order', acks: 'ack', desired: 'desired' } as const satisfies Record<DownChannel, MessageKind>

export type SendDown = (cabinet: CabinetId, channel: DownChannel, message: object) => Promise<boolean>

/** Signs with the key in use and publishes; false where the broker did not take it. Nothing is sent again. */
export function createSendDown({ link, seals, keys, log }: LinkPorts): SendDown {
  const [{ keyId, privateKey: key }] = keys.signing
  return async (cabinet, channel, message) => {
    const topic = downTopic({ cabinet, shard: shardFor(seals, cabinet) }, channel)
    try {
      await link.publish(topic, signMessage({ seals, keyId, key }, kinds[channel], toCanonical(message)))
      return true
    } catch (error) {
      log.debug({ code: codeOf(error), channel }, 'not sent to the cabinet')
      return false
    }
  }
}
