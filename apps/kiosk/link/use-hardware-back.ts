import { useEffect, useRef } from 'react'

/** The Escape key, and the back button of browsers and remotes: the page itself is never left. */
export function useHardwareBack(back: () => void): void {
  const latest = useRef(back)
  latest.current = back
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) latest.current()
    }
    const onPop = (): void => {
      history.pushState(null, '')
      latest.current()
    }
    history.pushState(null, '')
    document.addEventListener('keydown', onKey)
    addEventListener('popstate', onPop)
    return () => {
      document.removeEventListener('keydown', onKey)
      removeEventListener('popstate', onPop)
    }
  }, [])
}
