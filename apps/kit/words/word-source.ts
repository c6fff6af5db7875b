import { createWords } from './create-words.ts'
import type { Catalog, Words } from './create-words.ts'

/** What `import.meta.glob(..., { import: 'default' })` gives: path to loader, one file per folder and language. */
export type CatalogLoaders = Readonly<Record<string, () => Promise<Catalog>>>

export interface Language {
  readonly locale: string
  /** Its own name for itself: '中文', 'English', '한국어'. */
  readonly name: string
}

export interface WordSource<Id extends string> {
  readonly languages: readonly Language[]
  /** The best language for a list of wishes, such as `navigator.languages`; else the first language. */
  readonly choose: (wishes: readonly string[]) => string
  /** Loads one language's files and nothing else. An unknown locale gets the chosen one. */
  readonly load: (locale: string) => Promise<Words<Id>>
}

const localeOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'))

const nameOf = (locale: string): string =>
  new Intl.DisplayNames([locale], { type: 'language', languageDisplay: 'standard' }).of(locale) ?? locale

/** Languages are the files that exist; there is no list of them anywhere. */
export function createWordSource<Id extends string>(loaders: CatalogLoaders): WordSource<Id> {
  const locales = [...new Set(Object.keys(loaders).map(localeOf))].sort()
  const choose = (wishes: readonly string[]): string => {
    for (const wish of wishes) {
      const found = locales.find((locale) => wish === locale || wish.startsWith(`${locale}-`))
      if (found !== undefined) return found
    }
    return locales.includes('en') ? 'en' : (locales[0] ?? 'en')
  }
  const load = async (wish: string): Promise<Words<Id>> => {
    const locale = choose([wish])
    const files = Object.entries(loaders).filter(([path]) => localeOf(path) === locale)
    const catalogs = await Promise.all(files.map(([, read]) => read()))
    return createWords<Id>(locale, Object.fromEntries(catalogs.flatMap(Object.entries)))
  }
  return { languages: locales.map((locale) => ({ locale, name: nameOf(locale) })), choose, load }
}
