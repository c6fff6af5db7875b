import { describe, expect, it } from 'vitest'
import { isFitUrl, mayReach } from './addresses.ts'

/** Each network's first and last address, and its neighbours outside. */
const inner: readonly (readonly [what: string, ...addresses: readonly string[]])[] = [
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private, the large one', '10.0.0.0', '10.0.0.1', '10.255.255.255'],
  ['carrier-grade NAT', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.1', '127.255.255.255'],
  ['link-local, where clouds keep their metadata', '169.254.0.0', '169.254.169.254', '169.254.255.255'],
  ['private, the middle one', '172.16.0.0', '172.31.255.255'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255'],
  ['private, the small one', '192.168.0.0', '192.168.255.255'],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['multicast, reserved and broadcast', '224.0.0.0', '240.0.0.1', '255.255.255.255'],
  ['IPv6 unspecified and loopback', '::', '::1'],
  ['IPv6 unique local', 'fc00::', 'fd00::1', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['IPv6 link-local', 'fe80::1', 'febf:ffff::1'],
  ['IPv6 site-local of old', 'fec0::1', 'feff::1'],
  ['IPv6 multicast', 'ff02::1', 'ffff::1'],
  ['IPv4 in IPv6, mapped', '::ffff:10.0.0.1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe'],
  ['IPv4 in IPv6, compatible as of old', '::127.0.0.1', '::10.0.0.1', '::a9fe:a9fe'],
  ['IPv4 behind NAT64', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::10.0.0.1'],
  ['IPv4 in 6to4', '2002:7f00:1::', '2002:a9fe:a9fe::1', '2002:a00:1::1'],
  ['IPv4 in Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001::1'],
  ['IPv6 discarded', '100::1'],
]

const outer = [
  '1.0.0.0',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:4860:4860::8888',
  '2606:4700:4700::1111',
  '2a00:1450:4001:81b::200e',
  '2003::1',
  '::ffff:8.8.8.8',
]

describe('where a webhook may go', () => {
  it.each(inner)('not to %s', (_, ...addresses) => {
    expect(addresses.filter((address) => mayReach(address, false))).toEqual([])
  })

  it.each(outer)('to the public address %s', (address) => {
    expect(mayReach(address, false)).toBe(true)
  })

  it.each(['', 'localhost', 'example.org', '10.0.0', '0x7f000001', '2130706433', '127.1', '1.2.3.4.5', ':::', '[::1]'])(
    'not to “%s”, which is no address',
    (text) => {
      expect(mayReach(text, false)).toBe(false)
      expect(mayReach(text, true)).toBe(false)
    },
  )

  it('to this machine alone where a demonstration wants that, and to nothing else within', () => {
    for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
      expect([address, mayReach(address, true)]).toEqual([address, true])
      expect([address, mayReach(address, false)]).toEqual([address, false])
    }
    for (const address of ['10.0.0.1', '169.254.169.254', 'fd00::1', '0.0.0.0', '::'])
      expect([address, mayReach(address, true)]).toEqual([address, false])
  })
})

describe('an address that a carrier gives for its receiver', () => {
  it.each([
    ['https://hooks.example.org/holdfast', true, true],
    ['https://hooks.example.org:8443/', true, true],
    ['https://8.8.8.8/', true, true],
    ['https://[2606:4700:4700::1111]/', true, true],
    ['http://hooks.example.org/', false, true],
    ['https://127.0.0.1/', false, true],
    ['http://127.0.0.1:3000/', false, true],
    ['https://[::1]/', false, true],
    ['https://10.0.0.1/', false, false],
    ['https://169.254.169.254/latest/meta-data', false, false],
    ['https://[fd00::1]/', false, false],
    ['https://[::ffff:10.0.0.1]/', false, false],
    ['https://0x7f.1/', false, true],
    ['https://2130706433/', false, true],
    ['https://user@hooks.example.org/', false, false],
    ['https://user:word@hooks.example.org/', false, false],
    ['https://:word@hooks.example.org/', false, false],
    ['ftp://hooks.example.org/', false, false],
    ['file:///etc/passwd', false, false],
    ['javascript:alert(1)', false, false],
    ['hooks.example.org', false, false],
    ['https://', false, false],
    ['', false, false],
  ])('%s: %s, and %s where loopback is allowed', (url, fit, fitAtHome) => {
    expect([isFitUrl(url, false), isFitUrl(url, true)]).toEqual([fit, fitAtHome])
  })
})
