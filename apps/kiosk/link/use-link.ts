import { useEffect, useRef, useState } from 'react'
import type { Touch } from '@holdfast/wire/kiosk/inputs.ts'
import type { Show, Site } from '@holdfast/wire/kiosk/show.ts'
import { openLink } from './link.ts'
import type { Link, LinkState } from './link.ts'

export interface Linked {
  readonly state: LinkState
  readonly site: Site | undefined
  readonly show: Show | undefined
  readonly send: (touch: Touch) => void
  readonly takeOver: () => void
}

export function useLink(token: string): Linked {
  const [state, setState] = useState<LinkState>('connecting')
  const [site, setSite] = useState<Site>()
  const [show, setShow] = useState<Show>()
  const link = useRef<Link | undefined>(undefined)
  const n = useRef(0)
  useEffect(() => {
    link.current = openLink({
      token,
      onState: setState,
      onMessage: (message) => {
        if (message.message === 'kiosk-site') setSite(message)
        if (message.message !== 'kiosk-show') return
        n.current = message.n
        setShow(message)
      },
    })
    return () => link.current?.stop()
  }, [token])
  return {
    state,
    site,
    show,
    send: (touch) => link.current?.send(n.current, touch),
    takeOver: () => link.current?.takeOver(),
  }
}
