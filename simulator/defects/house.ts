import { readId } from '@holdfast/core/values/ids.ts'
import type { CloudTwinPorts } from '@holdfast/cloud/twin.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import { signMessage } from '@holdfast/wire/cabinet/signed.ts'
import { readBody } from '../house/house.ts'
import type { Plant } from './defects.ts'

type Outward = CloudTwinPorts['outward']

const outward = (patch: (sound: Outward) => Partial<Outward>): Plant => {
  return () => ({ house: (ports) => ({ ...ports, outward: { ...ports.outward, ...patch(ports.outward) } }) })
}
const letters = (send: (sound: Outward['channels']['sms']['send']) => Outward['channels']['sms']['send']): Plant =>
  outward(({ channels }) => ({ channels: { ...channels, sms: { ...channels.sms, send: send(channels.sms.send) } } }))

/** What the real cloud would do wrong, done by the ports that it stands on. */
export const houseDefects: Readonly<Record<string, Plant>> = {
  'a-webhook-is-sent-twice-under-two-ids': outward(({ post }) => ({
    post: async (url, { headers, body }) => {
      const posted = await post(url, { headers, body })
      const { id }: { readonly id: string } = JSON.parse(body)
      await post(url, { headers, body: body.replace(id, renamed(id)) })
      return posted
    },
  })),
  'a-webhook-says-something-else-the-second-time': outward(({ post }) => {
    let posts = 0
    return {
      post: async (url, { headers, body }) => {
        posts += 1
        await post(url, { headers, body })
        return await post(url, { headers, body: body.replace(/"time": ?"\d{4}/u, `"time":"${2_000 + posts}`) })
      },
    }
  }),
  'a-message-is-told-twice': letters((send) => async (letter, signal) => {
    await send({ ...letter, id: readId('message', renamed(letter.id)) ?? letter.id }, signal)
    return await send(letter, signal)
  }),
  'a-lost-message-is-called-delivered': letters((send) => async (letter, signal) => {
    if (letter.text.includes('Holdfast')) return await send(letter, signal)
    return { outcome: 'delivered' }
  }),
  'a-webhook-that-nobody-took-is-called-delivered': outward(() => ({
    post: async () => ({ kind: 'answered', status: 200, retryAfter: undefined }),
  })),
  'facts-are-acknowledged-before-their-commit': () => ({ house: acknowledgesAhead }),
  'a-commit-is-not-waited-for': () => ({ house: commitsNothing }),
}

/** Another id of the same kind. */
const renamed = (id: string): string => id.replace(/.$/u, (last) => (last === '0' ? '1' : '0'))

interface Ack {
  readonly watermark: number
}

function acknowledgesAhead(ports: CloudTwinPorts): CloudTwinPorts {
  const { link, seals, keys } = ports
  const [{ keyId, privateKey: key }] = keys.signing
  return {
    ...ports,
    link: {
      ...link,
      publish: async (topic, payload) => {
        if (!topic.endsWith('/acks')) return await link.publish(topic, payload)
        const ack = readBody<Ack>(payload)
        const ahead = toCanonical({ ...ack, watermark: ack.watermark + 3 })
        return await link.publish(topic, signMessage({ seals, keyId, key }, 'ack', ahead))
      },
    },
  }
}

/** Every seventh transaction is answered and undone: a server that says "done" before its disk does, and then dies. */
function commitsNothing(ports: CloudTwinPorts): CloudTwinPorts {
  const { database } = ports
  let commits = 0
  const open: typeof database.open = (around) => {
    const db = database.open(around)
    const undone = new Error('undone')
    return {
      ...db,
      transaction: async (work, how) => {
        commits += 1
        if (commits % 7 !== 0) return await db.transaction(work, how)
        const done: Awaited<ReturnType<typeof work>>[] = []
        const undoing = db.transaction(async (tx) => {
          done.push(await work(tx))
          throw undone
        }, how)
        await undoing.catch((error: unknown) => {
          if (error !== undone) throw error
        })
        const [result] = done
        if (result === undefined) throw undone
        return result
      },
    }
  }
  return { ...ports, database: { ...database, open } }
}
