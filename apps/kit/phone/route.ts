import { useEffect, useState } from 'react'

const current = (): string => location.hash.slice(1)

/** The screen is what stands after `#`; '' is the first one. */
export function useRoute(): string {
  const [route, setRoute] = useState(current)
  useEffect(() => {
    const follow = (): void => setRoute(current())
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return route
}

/** Goes to a screen; the phone's back button leads back here. */
export const go = (route: string): void => {
  location.hash = route
}

/** Goes to a screen in place of this one: what is done is not gone back to. */
export const replaceBy = (route: string): void => location.replace(`#${route}`)
