import { after, seconds, type RunningMs } from '../values/instants.ts'

/** A number the cabinet showed or sent, to be answered once (law 6). Lives in memory: none survives a restart. */
export interface Nonce {
  /** 32 hex characters. */
  readonly nonce: string
  /** The two digits beside the QR; never inside it. Null for nonces without anyone at the screen. */
  readonly number: string | null
  readonly issuedAt: RunningMs
}

export interface Nonces {
  readonly screen: readonly Nonce[]
  readonly asked: readonly Nonce[]
}

export const noNonces: Nonces = { screen: [], asked: [] }

export const nonceLimits = {
  screenEvery: seconds(30),
  screenLife: seconds(90),
  screenOutstanding: 3,
  askedLife: seconds(30),
  askedOutstanding: 32,
} as const

/** How fresh an answer is. Either kind is spent by being presented, right or wrong. */
export type Freshness = 'screen' | 'asked' | 'stale' | 'wrong-number'

export function issueScreenNonce(nonces: Nonces, now: RunningMs, random: Uint8Array): Nonces {
  const fresh: Nonce = { nonce: hex(random.subarray(0, 16)), number: twoDigits(random), issuedAt: now }
  return { ...nonces, screen: [fresh, ...nonces.screen].slice(0, nonceLimits.screenOutstanding) }
}

export function issueAskedNonce(nonces: Nonces, now: RunningMs, random: Uint8Array): Nonces {
  const fresh: Nonce = { nonce: hex(random.subarray(0, 16)), number: null, issuedAt: now }
  return { ...nonces, asked: [fresh, ...nonces.asked].slice(0, nonceLimits.askedOutstanding) }
}

export function spendNonce(
  nonces: Nonces,
  presented: { readonly nonce: string; readonly number: string | null },
  now: RunningMs,
): { readonly nonces: Nonces; readonly freshness: Freshness } {
  const onScreen = nonces.screen.find(({ nonce }) => nonce === presented.nonce)
  if (onScreen !== undefined) {
    const left = { ...nonces, screen: nonces.screen.filter((nonce) => nonce !== onScreen) }
    if (now >= after(onScreen.issuedAt, nonceLimits.screenLife)) return { nonces: left, freshness: 'stale' }
    return { nonces: left, freshness: onScreen.number === presented.number ? 'screen' : 'wrong-number' }
  }
  const asked = nonces.asked.find(({ nonce }) => nonce === presented.nonce)
  if (asked === undefined) return { nonces, freshness: 'stale' }
  const left = { ...nonces, asked: nonces.asked.filter((nonce) => nonce !== asked) }
  return { nonces: left, freshness: now >= after(asked.issuedAt, nonceLimits.askedLife) ? 'stale' : 'asked' }
}

function twoDigits(random: Uint8Array): string {
  const drawn = ((random[16] ?? 0) << 16) | ((random[17] ?? 0) << 8) | (random[18] ?? 0)
  return String(drawn % 100).padStart(2, '0')
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
