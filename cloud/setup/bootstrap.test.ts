import { beforeEach, describe, expect, it } from 'vitest'
import { type CarrierId, type Id, type IdKind, makeId } from '@holdfast/core/values/ids.ts'
import { instant } from '@holdfast/core/values/instants.ts'
import type { BootstrapConfig } from '../config.ts'
import type { Db } from '../platform/postgres/db.ts'
import { bootstrap, type BootstrapFaces } from './bootstrap.ts'

let drawn = 0
const draw = <Kind extends IdKind>(kind: Kind): Id<Kind> => {
  drawn += 1
  return makeId(kind, instant(drawn), new Uint8Array(10))
}

type Call = readonly [what: string, given: unknown]
type Refusals = { staff?: string; cabinet?: string }

/** The faces that a bootstrap calls, and the steps that its database remembers. */
function aHouse(steps = new Map<string, string>(), refusals: Refusals = {}) {
  const calls: Call[] = []
  const carriers = new Map<string, CarrierId>()
  const say = (what: string, given: unknown): void => void calls.push([what, given])
  const refused = (refusal: string | undefined) => (refusal === undefined ? undefined : { ok: false, refusal })
  const faces = {
    db: {
      query: async (sql: string, [step, result]: readonly string[] = []) => {
        if (sql.startsWith('insert')) steps.set(step ?? '', result ?? '')
        const found = steps.get(step ?? '')
        return found === undefined ? [] : [{ result: found }]
      },
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one statement of two that a bootstrap makes.
    } as unknown as Db,
    people: {
      createOperator: async (given: { readonly operator?: Id<'operator'> }) => {
        say('operator', given)
        return given.operator ?? draw('operator')
      },
      createStaff: async (given: unknown) => {
        say('staff', given)
        return refused(refusals.staff) ?? { ok: true, value: draw('staff') }
      },
      createCourier: async (given: unknown) => {
        say('courier', given)
        return draw('person')
      },
      readPhone: (text: string) => (text.startsWith('+') ? text : undefined),
    },
    carriers: {
      create: async ({ code, id }: { readonly code: string; readonly id?: CarrierId }) => {
        const carrier = carriers.get(code) ?? id ?? draw('carrier')
        carriers.set(code, carrier)
        return carrier
      },
      createKey: async (carrier: CarrierId, given: unknown) => {
        say('key', given)
        return { id: draw('key'), carrier }
      },
    },
    cabinets: {
      create: async (operator: unknown, _request: unknown, given: unknown) => {
        say('cabinet', { operator, given })
        return refused(refusals.cabinet) ?? { ok: true, value: { cabinet: draw('cabinet'), claimToken: 't' } }
      },
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- stand-ins of five faces.
  } as unknown as BootstrapFaces
  return { faces, calls, steps, carriers }
}

const staff = { name: 'Ada', email: 'ada@x.example', password: 'p', role: 'manager' } as const
const sf = { code: 'sf', name: 'SF', apiKeys: ['one', 'two'] }
const li = { phone: '+8613900000001', name: 'Li', carriers: ['sf'], outlet: 'Binjiang' }
const place = { siteName: 's', address: 'a', zone: 'Asia/Shanghai', retentionHours: 24, complaintPhone: '1' }
const layout = { version: 1, bodies: [], compartments: [] }
const north = { name: 'North', ...place, layout, claimToken: 'sixteen-letters-' }
const config: BootstrapConfig = {
  operator: { name: 'Harbour' },
  staff: [staff],
  carriers: [sf],
  couriers: [li],
  cabinets: [north],
}
const named = (calls: readonly Call[], what: string) =>
  calls.filter(([name]) => name === what).map(([, given]) => given)

beforeEach(() => {
  drawn = 0
})

describe('a bootstrap', () => {
  it('puts in everything that the configuration names, with the operator’s id on what is his', async () => {
    const { faces, calls, steps, carriers } = aHouse()
    await bootstrap(faces, config)
    const operator = steps.get('operator')
    expect(named(calls, 'operator')).toEqual([{ name: 'Harbour' }])
    expect(named(calls, 'staff')).toEqual([{ operator, ...staff }])
    expect(named(calls, 'cabinet')).toEqual([{ operator, given: { claimToken: 'sixteen-letters-' } }])
    expect(named(calls, 'key')).toEqual([{ key: 'one' }, { key: 'two' }])
    expect(named(calls, 'courier')).toEqual([
      { phone: li.phone, name: 'Li', carrier: carriers.get('sf'), outlet: 'Binjiang' },
    ])
  })

  it('puts in nothing twice, at whatever step the start before it was cut off', async () => {
    const whole = aHouse()
    await bootstrap(whole.faces, config)
    const done = [...whole.steps]
    for (let cut = 0; cut <= done.length; cut += 1) {
      const again = aHouse(new Map(done.slice(0, cut)))
      await bootstrap(again.faces, config)
      expect(again.calls).toHaveLength(done.length - cut)
      expect([...again.steps.keys()].toSorted()).toEqual(done.map(([step]) => step).toSorted())
    }
  })

  it('adds what was added to the configuration, and leaves what people have made of the rest', async () => {
    const { faces, calls } = aHouse()
    await bootstrap(faces, config)
    calls.length = 0
    const more = { ...staff, name: 'Bo', email: 'bo@x.example' }
    await bootstrap(faces, { ...config, staff: [{ ...staff, name: 'Renamed' }, more] })
    expect(calls.map(([what, given]) => [what, (given as { name?: string }).name])).toEqual([['staff', 'Bo']])
  })

  it('keeps the ids that are given', async () => {
    const [operator, cabinet, carrier] = [draw('operator'), draw('cabinet'), draw('carrier')]
    const { faces, calls, carriers } = aHouse()
    await bootstrap(faces, {
      ...config,
      operator: { name: 'Harbour', id: operator },
      cabinets: [{ ...north, id: cabinet }],
      carriers: [{ ...sf, id: carrier }],
    })
    expect(named(calls, 'operator')).toEqual([{ name: 'Harbour', operator }])
    expect(named(calls, 'cabinet')).toEqual([{ operator, given: { cabinet, claimToken: 'sixteen-letters-' } }])
    expect(carriers.get('sf')).toBe(carrier)
  })

  it('gives a courier of two carriers both employments in one step', async () => {
    const { faces, calls, carriers, steps } = aHouse()
    const ups = { code: 'ups', name: 'UPS', apiKeys: [] }
    await bootstrap(faces, { ...config, carriers: [sf, ups], couriers: [{ ...li, carriers: ['sf', 'ups'] }] })
    expect(named(calls, 'courier')).toMatchObject([{ carrier: carriers.get('sf') }, { carrier: carriers.get('ups') }])
    expect([...steps.keys()].filter((step) => step.startsWith('courier'))).toEqual([`courier ${li.phone}`])
  })

  it.each([
    ['a phone that cannot be read', { couriers: [{ ...li, phone: '139' }] }, {}, 'courier Li: phone-unreadable'],
    ['a carrier of no such code', { couriers: [{ ...li, carriers: ['dhl'] }] }, {}, 'courier Li: carrier-unknown'],
    ['an e-mail that is taken', {}, { staff: 'email-taken' }, 'staff ada@x.example: email-taken'],
    ['a layout that contradicts itself', {}, { cabinet: 'layout-unsound' }, 'cabinet North: layout-unsound'],
  ])('is refused by name for %s', async (_what, change, refusals, says) => {
    const { faces } = aHouse(new Map(), refusals)
    await expect(bootstrap(faces, { ...config, ...change })).rejects.toMatchObject({
      code: 'bootstrap-refused',
      message: says,
    })
  })

  it('goes on where it was refused, once the configuration is mended', async () => {
    const { faces, calls, steps } = aHouse()
    await expect(bootstrap(faces, { ...config, couriers: [{ ...li, phone: '139' }] })).rejects.toThrow()
    expect(steps.has('courier 139')).toBe(false)
    calls.length = 0
    await bootstrap(faces, config)
    expect(calls.map(([what]) => what)).toEqual(['courier'])
  })
})
