import { type CabinetId, type OperatorId, makeId, readId } from '@holdfast/core/values/ids.ts'
import { after, hours } from '@holdfast/core/values/instants.ts'
import { base64FromBytes } from '@holdfast/wire/bytes/base64.ts'
import { shardOf } from '@holdfast/wire/cabinet/topics.ts'
import type { CabinetCreateRequest, EnrolReply } from '@holdfast/wire/http/cabinets.ts'
import { chainStart } from '@holdfast/wire/seals/chain.ts'
import { keyParts, readPublicKey } from '@holdfast/wire/seals/keys.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Ports, SigningKey } from '../../platform/ports.ts'
import type { Cabinets, Outcome } from '../cabinets.ts'
import type { CabinetsRefusal } from '../codes.ts'
import { hasReadableHours } from './hours.ts'
import { type Past, readPast, readToldPast } from '../moving/moving.ts'
import {
  type Given,
  enrolCabinet,
  insertCabinet,
  insertClaim,
  lockClaim,
  readBesides,
  readLogin,
  readPlaces,
} from './store.postgres.ts'

export type RegistryOptions = { readonly mqttUrl: string; readonly claimHours: number }

export type Registry = Pick<Cabinets, 'enrol' | 'places' | 'besides' | 'mayConnect'> & {
  readonly create: (
    operator: OperatorId,
    request: CabinetCreateRequest,
    given?: { readonly cabinet?: CabinetId; readonly claimToken?: string },
  ) => Promise<Outcome<{ readonly cabinet: CabinetId; readonly claimToken: string }>>
}

const utf8 = new TextEncoder()

/** Tokens and MQTT passwords are random: a plain hash of them is enough. */
const hashOf = (seals: Seals, text: string): string => base64FromBytes(seals.hash(utf8.encode(text)))

export const shardFor = (seals: Seals, cabinet: CabinetId): number => shardOf(seals.hash(utf8.encode(cabinet)))

export function createRegistry(ports: Ports, options: RegistryOptions): Registry {
  const { db, clock, seals } = ports
  const placesOf: Cabinets['places'] = async (ids, tx) => {
    const found = ids.length === 0 ? [] : await readPlaces((tx ?? db).query, [...new Set(ids)], clock.now())
    return new Map(found.map((place) => [place.cabinet, place]))
  }
  return {
    create: async (operator, request, given = {}) => {
      if (!isSound(request)) return { ok: false, refusal: 'layout-unsound' }
      if (!hasReadableHours(request)) return { ok: false, refusal: 'hours-unreadable' }
      const at = clock.now()
      const cabinet = given.cabinet ?? makeId('cabinet', at, seals.random(10))
      const claimToken = given.claimToken ?? `hfc_${base64FromBytes(seals.random(18))}`
      const site = makeId('site', at, seals.random(10))
      const salt = base64FromBytes(seals.random(16))
      await db.transaction(async (tx) => {
        await insertCabinet(tx, { cabinet, operator, site, shard: shardFor(seals, cabinet), salt, request, at })
        const expiresAt = after(at, hours(options.claimHours))
        await insertClaim(tx, { tokenHash: hashOf(seals, claimToken), cabinet, expiresAt })
      })
      return { ok: true, value: { cabinet, claimToken } }
    },
    enrol: async (claimToken, publicKey) => await enrol(ports, options, { claimToken, publicKey }),
    places: placesOf,
    besides: async (cabinet) => [...(await placesOf(await readBesides(db.query, cabinet))).values()],
    mayConnect: async (username, password) => {
      const cabinet = readId('cabinet', username)
      const login = cabinet === undefined ? undefined : await readLogin(db.query, cabinet)
      if (cabinet === undefined || login === undefined) return undefined
      const shown = utf8.encode(hashOf(seals, password))
      if (!seals.equal(shown, utf8.encode(login.secretHash))) return undefined
      return { cabinet, shard: login.shard }
    },
  }
}

/** Every compartment has its own id, label and lock. */
function isSound({ layout }: CabinetCreateRequest): boolean {
  const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length
  return (
    layout.compartments.length > 0 &&
    distinct(layout.compartments.map(({ id }) => id)) &&
    distinct(layout.compartments.map(({ label }) => label)) &&
    distinct(layout.compartments.map(({ lock }) => `${lock.line}/${lock.board}/${lock.channel}`)) &&
    layout.compartments.every(({ body }) => body < layout.bodies.length)
  )
}

async function enrol(
  { db, clock, seals, keys }: Ports,
  { mqttUrl }: RegistryOptions,
  shown: { readonly claimToken: string; readonly publicKey: string },
): Promise<Outcome<EnrolReply>> {
  const publicKey = readPublicKey(shown.publicKey)
  if (publicKey === undefined || keyParts(publicKey).scheme !== 'p256') return refuse('key-unfit')
  const at = clock.now()
  const tokenHash = hashOf(seals, shown.claimToken)
  const replyTo = (
    cabinet: CabinetId,
    { incarnation, shard, layout }: Omit<Given, 'publicKey'>,
    past: Past,
  ): EnrolReply => {
    const reply = {
      cabinet,
      incarnation,
      shard,
      mqtt: { url: mqttUrl, username: cabinet, password: passwordOf({ seals, keys }, incarnation) },
      cloudKeys: keys.signing.map(pinned),
      sealingKeys: keys.sealing.map(pinned),
      layout,
      ...(past === undefined ? {} : { rebuild: past }),
    }
    // The layout came in through the same schema; readonly on our side, mutable in the schema's type.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return reply as unknown as EnrolReply
  }
  return await db.transaction(async (tx): Promise<Outcome<EnrolReply>> => {
    const claim = await lockClaim(tx, tokenHash)
    if (claim === undefined) return refuse('claim-unknown')
    const { cabinet, given } = claim
    // The reply of the first time may never have come through: the same key is told the same.
    if (given?.publicKey === publicKey)
      return { ok: true, value: replyTo(cabinet, given, await readToldPast(tx, tokenHash)) }
    if (claim.used) return refuse('claim-used')
    if (claim.expiresAt <= at) return refuse('claim-expired')
    const past = await readPast(tx, cabinet, tokenHash)
    const incarnation = makeId('incarnation', at, seals.random(10))
    const startHash = base64FromBytes(chainStart.hash)
    const mqttSecretHash = hashOf(seals, passwordOf({ seals, keys }, incarnation))
    const made = await enrolCabinet(tx, { tokenHash, cabinet, incarnation, publicKey, mqttSecretHash, startHash, at })
    if (made === undefined) return refuse('cabinet-unknown')
    return { ok: true, value: replyTo(cabinet, { ...made, incarnation }, past) }
  })
}

/** Made anew whenever it is to be told; only its hash is stored. */
const passwordOf = ({ seals, keys }: Pick<Ports, 'seals' | 'keys'>, incarnation: string): string =>
  base64FromBytes(seals.hmac(keys.atRest, utf8.encode(`holdfast/mqtt-password/1\0${incarnation}`)))

const pinned = ({ keyId, publicKey }: SigningKey) => ({ keyId, publicKey })

const refuse = (refusal: CabinetsRefusal): { readonly ok: false; readonly refusal: CabinetsRefusal } => ({
  ok: false,
  refusal,
})
