import { type DepositId, readId } from '@holdfast/core/values/ids.ts'
import { readPublicKey } from '@holdfast/wire/seals/keys.ts'
import { readTopic } from '@holdfast/wire/cabinet/topics.ts'
import type { EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import type { Order } from '@holdfast/wire/cabinet/orders.ts'
import type { Acting } from '../../cloud/cloud.ts'
import { createFold } from '../../cloud/fold.ts'
import { type Enrol, type EnrolPorts, ownKeys } from '../../cloud/enrol.ts'
import type { CloudSide } from '../../cloud/side.ts'
import type { Identity } from '../../street.ts'
import { createDesk } from './desk.ts'
import { type House, readBody } from '../house.ts'
import { createPhones } from './phones.ts'
import { createStanding } from './standing.ts'
import { createVisits } from './visits.ts'

/** Makes a cabinet known to the real cloud, by desk and claim token as an installer does. */
export const enrolAt =
  (house: House): Enrol =>
  async (ports) => {
    const own = ownKeys(ports.seals)
    const identity = identityOf(await enrolled(house, ports, own.keys.publicKey), ports, own)
    const signed = new Map<string, Acting>()
    house.connect(identity.cabinet, (topic, payload) => {
      if (readTopic(topic)?.channel === 'orders') {
        const order: Order = readBody(payload)
        if ('nonce' in order) signed.set(order.order, order)
      }
      ports.send(topic, payload)
    })
    return { identity, cloud: sideOf(house, ports, { identity, signed }) }
  }

async function enrolled({ call, staff }: House, { name, layout }: EnrolPorts, publicKey: string): Promise<EnrolReply> {
  const request = {
    name,
    siteName: 'Sunny Court',
    address: '1 Sunny Road',
    zone: 'Asia/Shanghai',
    retentionHours: 48,
    complaintPhone: '12305',
    layout,
  }
  const created = await call('/v1/operator/cabinets', { headers: staff, body: request })
  const claimToken = String(created?.json['claimToken'])
  const reply = await call('/v1/cabinets/enrol', { body: { claimToken, publicKey } })
  if (reply?.status !== 201) throw new Error(`${name} was not enrolled: ${JSON.stringify(reply)}`)
  const told: EnrolReply = JSON.parse(JSON.stringify(reply.json))
  return told
}

type Own = Pick<Identity, 'keys' | 'codeKeys'>

function identityOf(told: EnrolReply, { layout }: EnrolPorts, own: Own): Identity {
  const cabinet = readId('cabinet', told.cabinet)
  const incarnation = readId('incarnation', told.incarnation)
  const sealTo = readPublicKey(told.sealingKeys[0]?.publicKey ?? '')
  if (cabinet === undefined || incarnation === undefined || sealTo === undefined) throw new Error('enrolled as nobody')
  const cloudKeys = new Map(
    told.cloudKeys.flatMap(({ keyId, publicKey }) => {
      const read = readPublicKey(publicKey)
      return read === undefined ? [] : [[keyId, read] as const]
    }),
  )
  return { ...own, cabinet, incarnation, shard: told.shard, broker: told.mqtt, cloudKeys, sealTo, layout }
}

interface Known {
  readonly identity: Identity
  readonly signed: ReadonlyMap<string, Acting>
}

/** Everything that people ask of the house, and what the judge reads of it. */
function sideOf(house: House, ports: EnrolPorts, { identity, signed }: Known): CloudSide {
  const { seals, chance } = ports
  const [sealing] = house.keys.sealing
  // What the cabinet sealed, for whoever wants to compare: people know only what a letter told them.
  const told = createFold({ seals, cabinet: identity.cabinet, sealing })
  const phones = createPhones(house)
  const visits = createVisits({ ...ports, house, identity, signIn: phones })
  const codesOf = (deposit: DepositId): ReadonlyMap<number, string> => {
    const letters = visits
      .lettersOf(deposit)
      .join('\n')
      .replaceAll(/(\d{3}) (\d{3}) (\d{3})/gu, '$1$2$3')
    return new Map([...told.codesOf(deposit)].filter(([, code]) => letters.includes(code)))
  }
  return {
    ...visits,
    ...createDesk({ house, identity, chance, waiting: visits.waiting, signIn: phones }),
    ...createStanding(house, identity),
    carrier: house.carrier,
    signed,
    receive: (topic, payload) => {
      if (readTopic(topic)?.channel === 'facts') told.take(payload.subarray(payload.indexOf(10) + 1))
      house.heard(topic, payload)
    },
    codesOf,
    deposits: told.deposits,
  }
}
