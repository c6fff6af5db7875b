import { type CarrierId, type OperatorId, makeId } from '@holdfast/core/values/ids.ts'
import type { CarrierDesk, CarrierRequest, EndpointTest, KeyCreated } from '@holdfast/wire/http/desk/carriers.ts'
import type { Carriers, CarriersPorts, EndpointId, KeyId, Outcome } from '../carriers.ts'
import { insertKept, readKept, readKeyLines } from './store.postgres.ts'

type Calls = Pick<Carriers, 'list' | 'createKey' | 'revokeKey' | 'createEndpoint' | 'endpoints' | 'removeEndpoint'> & {
  readonly trial: (carrier: CarrierId, endpoint: EndpointId) => Promise<EndpointTest | undefined>
  readonly listChanged: () => void
}

/** Of a carrier that an operator looks after. */
export type Kept = { readonly operator: OperatorId; readonly carrier: CarrierId }

/** An operator's hands on its carriers. Each verb first asks who looks after the carrier (law 11). */
export type CarrierDesks = {
  readonly list: (operator: OperatorId) => Promise<readonly CarrierDesk[]>
  readonly create: (operator: OperatorId, request: CarrierRequest) => Promise<Outcome<CarrierDesk>>
  readonly createKey: (at: Kept) => Promise<Outcome<KeyCreated>>
  readonly revokeKey: (at: Kept, key: KeyId) => Promise<Outcome<undefined>>
  readonly createEndpoint: (
    at: Kept,
    request: Parameters<Carriers['createEndpoint']>[1],
  ) => ReturnType<Carriers['createEndpoint']>
  readonly removeEndpoint: (at: Kept, endpoint: EndpointId) => Promise<Outcome<undefined>>
  readonly tryEndpoint: (at: Kept, endpoint: EndpointId) => Promise<Outcome<EndpointTest>>
}

export function createDesks({ db, clock, seals }: CarriersPorts, calls: Calls): CarrierDesks {
  const guarded = async <T>({ operator, carrier }: Kept, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    (await readKept(db.query, operator)).has(carrier) ? await work() : { ok: false, refusal: 'carrier-unknown' }
  return {
    list: async (operator) => {
      const [all, kept] = await Promise.all([calls.list(), readKept(db.query, operator)])
      const keys = await readKeyLines(db.query, [...kept])
      return await Promise.all(
        all.map(async ({ id, code, name }) => ({
          id,
          code,
          name,
          kept: kept.has(id),
          keys: keys.flatMap(({ carrier, ...line }) => (carrier === id ? [line] : [])),
          endpoints: kept.has(id) ? [...(await calls.endpoints(id))] : [],
        })),
      )
    },
    create: async (operator, { code, name }) => {
      const at = clock.now()
      const id = makeId('carrier', at, seals.random(10))
      const made = await insertKept(db.query, operator, { id, code, name: name.trim(), at })
      if (!made) return { ok: false, refusal: 'carrier-code-taken' }
      calls.listChanged()
      return { ok: true, value: { id, code, name: name.trim(), kept: true, keys: [], endpoints: [] } }
    },
    createKey: async (at) => await guarded(at, async () => ({ ok: true, value: await calls.createKey(at.carrier) })),
    revokeKey: async (at, key) =>
      await guarded(at, async () =>
        (await calls.revokeKey(at.carrier, key))
          ? { ok: true, value: undefined }
          : { ok: false, refusal: 'key-unknown' },
      ),
    createEndpoint: async (at, request) =>
      await guarded(at, async () => await calls.createEndpoint(at.carrier, request)),
    removeEndpoint: async (at, endpoint) =>
      await guarded(at, async () =>
        (await calls.removeEndpoint(at.carrier, endpoint))
          ? { ok: true, value: undefined }
          : { ok: false, refusal: 'endpoint-unknown' },
      ),
    tryEndpoint: async (at, endpoint) =>
      await guarded(at, async () => {
        const result = await calls.trial(at.carrier, endpoint)
        return result === undefined ? { ok: false, refusal: 'endpoint-unknown' } : { ok: true, value: result }
      }),
  }
}
