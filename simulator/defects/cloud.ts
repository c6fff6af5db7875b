import { readId } from '@holdfast/core/values/ids.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import { signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { type Acting, type CloudTwin, cloudKeyId } from '../cloud/cloud.ts'
import type { VirtualClock } from '../seed/clock.ts'
import type { DownScene, Plant, Send } from './defects.ts'

/** What the cloud would do wrong, and one rule of the cabinet that an order can be made to walk around. */
export const cloudDefects: Readonly<Record<string, Plant>> = {
  'a-gap-is-acknowledged': () => ({
    fold: (fold) => ({
      ...fold,
      take: (body) => {
        const { watermark, gapFrom } = fold.take(body)
        return { watermark: gapFrom === undefined ? watermark : lastIn(body) }
      },
    }),
  }),
  'facts-are-acknowledged-before-the-commit': () => {
    let messages = 0
    return {
      fold: (fold) => ({
        ...fold,
        take: (body) => {
          messages += 1
          return messages % 7 === 0 ? { watermark: lastIn(body) } : fold.take(body)
        },
      }),
    }
  },
  'the-last-word-on-a-compartment-wins': () => ({
    fold: (fold) => ({
      ...fold,
      cabinet: () => {
        const known = fold.cabinet()
        const first = [...known.compartments].map(
          ([id, one]) => [id, { ...one, epoch: Math.min(one.epoch, 1) }] as const,
        )
        return { ...known, compartments: new Map(first) }
      },
    }),
  }),
  'an-order-is-tried-again-under-a-new-id': () => ({ cloud: triesAgain }),
  'what-comes-twice-is-folded-twice': () => {
    let doubled = 0
    return {
      fold: (fold) => ({
        ...fold,
        take: (body) => {
          const taken = fold.take(body)
          doubled = taken.watermark
          return taken
        },
        cabinet: () => {
          const known = fold.cabinet()
          const again = [...known.compartments].map(([id, one]) => [id, { ...one, epoch: one.epoch * 2 }] as const)
          return doubled % 2 === 0 ? { ...known, compartments: new Map(again) } : known
        },
      }),
    }
  },
  'a-code-is-told-to-somebody-else': () => ({
    cloud: (cloud) => ({
      ...cloud,
      codesOf: (deposit) => {
        const all = cloud.deposits()
        return cloud.codesOf(all[(all.indexOf(deposit) + 1) % all.length] ?? deposit)
      },
    }),
  }),
  'the-epoch-of-an-order-is-not-compared': () => ({ down: freshEpochs }),
}

function lastIn(body: Uint8Array): number {
  const [header = '', ...entries] = new TextDecoder().decode(body).split('\n')
  const { from }: { readonly from: number } = JSON.parse(header)
  return from + entries.length - 1
}

const impatientMs = 600
const nonceMs = 1_500
const triesMost = 12

/** Until something is answered: a nonce is asked for anew, and the same wish goes out under another id. */
function triesAgain(cloud: CloudTwin, clock: VirtualClock): CloudTwin {
  const again = async (order: Acting): Promise<void> => {
    for (let tries = 0; tries < triesMost; tries += 1) {
      await clock.sleep(impatientMs)
      if (cloud.answers(order.order).length > 0) return
      const ask = {
        v: 1,
        cabinet: order.cabinet,
        order: turned(order.order, 2 * tries),
        sentAt: 1,
        kind: 'ask-nonce',
      } as const
      cloud.order(ask)
      await clock.sleep(nonceMs)
      const nonce = cloud.answers(ask.order)[0]?.nonce
      if (nonce === undefined) continue
      cloud.order({ ...order, order: turned(order.order, 2 * tries + 1), nonce })
      return
    }
  }
  return {
    ...cloud,
    order: (order: Order) => {
      cloud.order(order)
      if ('nonce' in order) void again(order)
    },
  }
}

const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** Another id of the same length. */
function turned(id: Order['order'], by: number): Order['order'] {
  const at = letters.indexOf(id.slice(-2, -1))
  return readId('order', `${id.slice(0, -2)}${letters[(at + 1 + by) % 32]}${id.slice(-1)}`) ?? id
}

/** A cabinet that does not compare: each order comes to it with the epoch that it has itself. */
function freshEpochs({ send, signing, seals, cabinet }: DownScene): Send {
  const signer = { seals, keyId: cloudKeyId, key: signing.privateKey }
  return (topic, payload) => {
    if (!topic.endsWith('/orders')) return send(topic, payload)
    const order: Acting = JSON.parse(new TextDecoder().decode(payload.subarray(payload.indexOf(10) + 1)))
    if (!('epoch' in order)) return send(topic, payload)
    const place = readId('compartment', order.compartment)
    const epoch = (place && cabinet().compartments.get(place)?.epoch) ?? order.epoch
    send(topic, signMessage(signer, 'order', toCanonical({ ...order, epoch })))
  }
}
