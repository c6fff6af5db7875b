import { BlockList, isIP } from 'node:net'

/** Networks that are no carrier's public receiver (R-67: SSRF). */
const inner = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  // Also IPv4 as it once was written in IPv6. (Mapped addresses are judged as the IPv4 that they hold.)
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  // Tunnels, which carry an IPv4 address of anybody's choice: Teredo and 6to4.
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  inner.addSubnet(net, prefix, 'ipv6')

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether a webhook may go there; judged on the address that is connected to, never on its name alone. */
export function mayReach(address: string, allowLoopback: boolean): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0) return false
  if (allowLoopback && loopback.check(address, family)) return true
  return !inner.check(address, family)
}

/** Judged once when an endpoint is made; the address behind the name is judged at every delivery. */
export function isFitUrl(text: string, allowLoopback: boolean): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hostname } = new URL(text)
  if (username !== '' || password !== '') return false
  const host = hostname.replaceAll(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !mayReach(host, allowLoopback)) return false
  return protocol === 'https:' || (allowLoopback && protocol === 'http:')
}
