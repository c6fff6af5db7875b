import type { Access } from '../controls/ask/access-buttons.tsx'
import { plainAccess } from '../controls/ask/access-buttons.tsx'

export interface Remembered {
  /** Chosen on this phone; the browser's wishes otherwise. */
  readonly locale?: string
  readonly access: Access
  /** Whether it is worth asking the cloud: the cookie itself cannot be seen from here. */
  readonly signedIn: boolean
}

const nothing: Remembered = { access: plainAccess, signedIn: false }

const keyOf = (app: string): string => `holdfast.${app}`

/** What this phone keeps between visits. A browser that keeps nothing, or something else, starts anew. */
export function recall(app: string, store: () => Storage = () => localStorage): Remembered {
  try {
    const kept: unknown = JSON.parse(store().getItem(keyOf(app)) ?? 'null')
    return typeof kept === 'object' && kept !== null ? readRemembered(kept) : nothing
  } catch {
    return nothing
  }
}

function readRemembered(kept: object): Remembered {
  const access = 'access' in kept && typeof kept.access === 'object' && kept.access !== null ? kept.access : {}
  return {
    ...('locale' in kept && typeof kept.locale === 'string' ? { locale: kept.locale } : {}),
    access: {
      ...plainAccess,
      contrast: 'contrast' in access && access.contrast === true,
      largeText: 'largeText' in access && access.largeText === true,
    },
    signedIn: 'signedIn' in kept && kept.signedIn === true,
  }
}

/** Best effort: private windows and full disks keep nothing, and the app works all the same. */
export function remember(app: string, kept: Remembered, store: () => Storage = () => localStorage): void {
  try {
    store().setItem(keyOf(app), JSON.stringify(kept))
  } catch {
    return
  }
}
