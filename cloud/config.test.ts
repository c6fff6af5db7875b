import { describe, expect, it } from 'vitest'
import { cloudConfig } from './config.ts'
import { codeOf } from './platform/failure.ts'
import { parseConfig } from './platform/config.ts'

const notices = { publicUrl: 'https://locker.example', phone: { kind: 'tray', url: 'https://locker.example/tray' } }
const least = { notices: { ...notices, gatewaySecret: 'a secret of the gateway' } }
const parse = (change: object = {}) => parseConfig(cloudConfig, { ...least, ...change }, 'cloud.json')
const problemOf = (change: object): string | undefined => {
  try {
    parse(change)
    return undefined
  } catch (error) {
    expect(codeOf(error)).toBe('config-invalid')
    return String(error)
  }
}

describe('the cloud’s configuration', () => {
  it('needs nothing but where its messages go: the rest begins safe and on this machine alone', () => {
    const config = parse()
    expect(config).toMatchObject({
      roles: ['http', 'ingest', 'worker'],
      http: { host: '127.0.0.1', port: 8080 },
      secureCookies: true,
      trustProxy: false,
      database: { directory: 'database' },
      mqtt: { listen: { host: '127.0.0.1', port: 1883 } },
      people: { defaultCountry: 'CN', passwordCost: 32_768 },
      carriers: { allowLoopback: false },
    })
    expect(config.bootstrap).toBeUndefined()
  })

  it('fills in what is left out of a part that is given', () => {
    expect(parse({ http: { port: 0 } }).http).toEqual({ host: '127.0.0.1', port: 0 })
    expect(parse({ mqtt: { url: 'mqtt://broker' } }).mqtt).toMatchObject({
      url: 'mqtt://broker',
      listen: { port: 1883 },
    })
    expect(parse({ people: { defaultCountry: 'KR' } }).people).toMatchObject({ defaultLocale: 'zh' })
  })

  it('is not changed by being read, and no default is shared between two', () => {
    const given = structuredClone(least)
    const [one, two] = [parseConfig(cloudConfig, given, 'a'), parseConfig(cloudConfig, given, 'b')]
    expect(given).toEqual(least)
    expect(one.database).not.toBe(two.database)
  })

  it.each<readonly [string, object, string]>([
    ['no role at all', { roles: [] }, '/roles'],
    ['a role that is none', { roles: ['http', 'king'] }, '/roles/1'],
    ['a port out of range', { http: { port: 65_536 } }, '/http/port'],
    ['a field that nobody named', { htpp: {} }, 'htpp'],
    ['one inside a part', { database: { urls: 'x' } }, '/database'],
    ['a level of logging that is none', { logLevel: 'loud' }, '/logLevel'],
    ['a country in small letters', { people: { defaultCountry: 'cn' } }, '/people/defaultCountry'],
    ['a password’s cost beyond reason', { people: { passwordCost: 65_536 } }, '/people/passwordCost'],
    ['a bootstrap without a house', { bootstrap: {} }, '/bootstrap'],
    [
      'a courier without an employer',
      { bootstrap: { operator: { name: 'A' }, couriers: [{ phone: '1', name: 'Li', carriers: [] }] } },
      '/bootstrap/couriers/0/carriers',
    ],
    [
      'a role of staff that is none',
      { bootstrap: { operator: { name: 'A' }, staff: [{ name: 'K', email: 'k', password: 'p', role: 'king' }] } },
      '/bootstrap/staff/0/role',
    ],
    ['no word on messages', { notices: undefined }, 'notices'],
  ])('names the place of %s', (_what, change, place) => {
    expect(problemOf(change)).toContain(place)
  })

  it('names all that is wrong at once, and repeats no value: it may be a secret', () => {
    const problem = problemOf({ http: { port: 'hunter2' }, logLevel: 'hunter2', mqtt: { password: ['hunter2'] } })
    expect(problem).toContain('/http/port')
    expect(problem).toContain('/logLevel')
    expect(problem).not.toContain('hunter2')
  })
})
