export type Theme = 'light' | 'dark' | 'system'

/** What this browser keeps between visits. */
export interface Choices {
  readonly locale?: string
  readonly theme: Theme
  /** Shortcuts of one letter; some assistive tools send letters by themselves (WCAG 2.1.4). */
  readonly singleKeys: boolean
  /** Whether it is worth asking the cloud: the cookie itself cannot be seen from here. */
  readonly signedIn: boolean
}

const key = 'holdfast.operator'
const plain: Choices = { theme: 'system', singleKeys: true, signedIn: false }

const isTheme = (value: unknown): value is Theme => value === 'light' || value === 'dark' || value === 'system'

/** A browser that keeps nothing, or something else, starts anew. */
export function readChoices(store: Pick<Storage, 'getItem'> = localStorage): Choices {
  try {
    const kept: unknown = JSON.parse(store.getItem(key) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return plain
    return {
      ...('locale' in kept && typeof kept.locale === 'string' ? { locale: kept.locale } : {}),
      theme: 'theme' in kept && isTheme(kept.theme) ? kept.theme : 'system',
      singleKeys: !('singleKeys' in kept && kept.singleKeys === false),
      signedIn: 'signedIn' in kept && kept.signedIn === true,
    }
  } catch {
    return plain
  }
}

/** Best effort: private windows and full disks keep nothing. */
export function writeChoices(choices: Choices, store: Pick<Storage, 'setItem'> = localStorage): void {
  try {
    store.setItem(key, JSON.stringify(choices))
  } catch {
    return
  }
}

/** Writes the theme onto the page's root, where the tokens read it; 'system' follows the desk's lamp. */
export function showTheme(theme: Theme): (() => void) | undefined {
  const root = document.documentElement.dataset
  if (theme !== 'system') {
    root['theme'] = theme
    return undefined
  }
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = (): void => {
    root['theme'] = dark.matches ? 'dark' : 'light'
  }
  follow()
  dark.addEventListener('change', follow)
  return () => dark.removeEventListener('change', follow)
}
