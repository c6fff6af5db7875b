import { useEffect, useState } from 'react'

export type Show = 'offline' | 'open' | 'suspect' | 'loaded' | 'free' | 'retired' | 'openAlerts'

export type HousePart = 'start' | 'carriers' | 'couriers' | 'staff'

/** The screen is what stands after `#`. */
export type Route =
  | { readonly screen: 'overview'; readonly show: Show | undefined }
  | { readonly screen: 'cabinet'; readonly cabinet: string; readonly door: string | undefined }
  | { readonly screen: 'sign'; readonly cabinet: string }
  | { readonly screen: 'parcels'; readonly search: string }
  | { readonly screen: 'parcel'; readonly parcel: string }
  | { readonly screen: 'undelivered' }
  | { readonly screen: 'new-cabinet' }
  | { readonly screen: 'house'; readonly part: HousePart }
  | { readonly screen: 'nowhere' }

const shows: readonly string[] = ['offline', 'open', 'suspect', 'loaded', 'free', 'retired', 'openAlerts']
const isShow = (text: string | null): text is Show => text !== null && shows.includes(text)

const houseParts: readonly string[] = ['start', 'carriers', 'couriers', 'staff']
const isHousePart = (text: string): text is HousePart => houseParts.includes(text)

/** `#/welcome/<token>`: a one-time link, read before anybody is signed in. */
export function readWelcome(hash: string): string | undefined {
  return /^#\/welcome\/([\w-]{16,64})$/.exec(hash)?.[1]
}

export function readRoute(hash: string): Route {
  const address = hash.replace(/^#?\/?/, '/')
  // What a browser takes for a host of its own, and cannot read, is an address of ours no more than any other.
  if (!URL.canParse(address, 'http://here')) return { screen: 'nowhere' }
  const { pathname, searchParams } = new URL(address, 'http://here')
  const [first = '', second, third] = pathname.slice(1).split('/').map(decode)
  switch (first) {
    case '': {
      const show = searchParams.get('show')
      return { screen: 'overview', show: isShow(show) ? show : undefined }
    }
    case 'cabinets':
      return second ? { screen: 'cabinet', cabinet: second, door: third || undefined } : { screen: 'nowhere' }
    case 'sign':
      return second && third === undefined ? { screen: 'sign', cabinet: second } : { screen: 'nowhere' }
    case 'parcels':
      return second
        ? { screen: 'parcel', parcel: second }
        : { screen: 'parcels', search: searchParams.get('search') ?? '' }
    case 'house': {
      const part = second ?? 'start'
      return isHousePart(part) && third === undefined ? { screen: 'house', part } : { screen: 'nowhere' }
    }
    case 'undelivered':
    case 'new-cabinet':
      return second ? { screen: 'nowhere' } : { screen: first }
  }
  return { screen: 'nowhere' }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Addresses of screens, for links. */
export const to = {
  overview: '#/',
  show: (show: Show) => `#/?show=${show}`,
  cabinet: (cabinet: string, door?: string) =>
    `#/cabinets/${encodeURIComponent(cabinet)}${door === undefined ? '' : `/${encodeURIComponent(door)}`}`,
  sign: (cabinet: string) => `#/sign/${encodeURIComponent(cabinet)}`,
  parcels: (search = '') => (search === '' ? '#/parcels' : `#/parcels?search=${encodeURIComponent(search)}`),
  parcel: (parcel: string) => `#/parcels/${encodeURIComponent(parcel)}`,
  undelivered: '#/undelivered',
  newCabinet: '#/new-cabinet',
  house: (part: HousePart = 'start') => (part === 'start' ? '#/house' : `#/house/${part}`),
} as const

export const go = (address: string): void => {
  location.hash = address
}

/** In place of this screen: what is chosen on one screen is not gone back to step by step. */
export const replaceBy = (address: string): void => location.replace(address)

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const follow = (): void => setHash(location.hash)
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return readRoute(hash)
}
