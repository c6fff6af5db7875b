import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import { createWordSource } from './word-source.ts'
import { kioskWords } from './kiosk/kiosk-words.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())

const catalogsOf = (folder: string): Map<string, Record<string, string>> =>
  new Map(
    readdirSync(here + folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.slice(0, -5), JSON.parse(readFileSync(`${here}${folder}/${file}`, 'utf8'))]),
  )

/** Every placeholder of a compiled message, also those inside plural and select branches. */
function placeholders(tokens: unknown): string[] {
  if (!Array.isArray(tokens)) return []
  return tokens.flatMap((token: unknown) => {
    if (!Array.isArray(token)) return []
    const [name, , branches] = token
    const inner = Object.values(Object(branches)).flatMap(placeholders)
    return name === '#' ? inner : [String(name), ...inner]
  })
}

const placeholdersOf = (message: string): string[] => [...new Set(placeholders(compileMessage(message)))].sort()

describe.each(folders.map(({ name }) => name))('the words of %s', (folder) => {
  const catalogs = catalogsOf(folder)
  const english = catalogs.get('en') ?? {}

  it('has Chinese, English and Korean', () => {
    expect([...catalogs.keys()]).toEqual(expect.arrayContaining(['en', 'ko', 'zh']))
  })

  it.each([...catalogs.keys()])('has exactly the same ids in %s', (locale) => {
    expect(Object.keys(catalogs.get(locale) ?? {}).sort()).toEqual(Object.keys(english).sort())
  })

  it.each([...catalogs.keys()])('has valid messages with the same placeholders in %s', (locale) => {
    for (const [id, message] of Object.entries(catalogs.get(locale) ?? {})) {
      expect([id, placeholdersOf(message)]).toEqual([id, placeholdersOf(english[id] ?? '')])
    }
  })

  it('leaves no word empty and none untranslated', () => {
    const scripts: Readonly<Record<string, RegExp>> = { zh: /\p{Script=Han}/u, ko: /\p{Script=Hangul}/u }
    for (const [locale, catalog] of catalogs) {
      const own = scripts[locale] ?? /./
      const missed = Object.entries(catalog).filter(([, message]) => {
        const latin = /[a-z]{3}/i.test(message.replace(/\{[^}]*\}/g, ''))
        return message.trim() === '' || (latin && !own.test(message))
      })
      expect([locale, missed]).toEqual([locale, []])
    }
  })
})

describe('a word source', () => {
  const loaders = {
    '../kit/en.json': async () => ({ 'control.back': 'Back' }),
    '../kit/zh.json': async () => ({ 'control.back': '返回' }),
  }

  it('names each language by its own name', () => {
    expect(kioskWords.languages).toEqual([
      { locale: 'en', name: 'English' },
      { locale: 'ko', name: '한국어' },
      { locale: 'zh', name: '中文' },
    ])
  })

  it('offers a fourth language as soon as its file is there', async () => {
    const source = createWordSource({ ...loaders, '../kit/fr.json': async () => ({ 'control.back': 'Retour' }) })
    expect(source.languages).toContainEqual({ locale: 'fr', name: 'français' })
    expect((await source.load('fr')).t('control.back')).toBe('Retour')
  })

  it('joins the kit and the app of one language and loads no other', async () => {
    const asked: string[] = []
    const spy = (path: string, catalog: Record<string, string>) => async () => {
      asked.push(path)
      return catalog
    }
    const source = createWordSource({
      '../kit/zh.json': spy('kit zh', { 'control.back': '返回' }),
      './zh.json': spy('app zh', { 'kiosk.title': '柜' }),
      './en.json': spy('app en', { 'kiosk.title': 'Locker' }),
    })
    const words = await source.load('zh')
    expect([words.t('control.back'), words.t('kiosk.title')]).toEqual(['返回', '柜'])
    expect(asked).toEqual(['kit zh', 'app zh'])
  })

  it.each([
    [['zh-Hans-CN', 'en'], 'zh'],
    [['fr-FR', 'ko'], 'ko'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('chooses for %j: %s', (wishes, chosen) => {
    expect(kioskWords.choose(wishes)).toBe(chosen)
  })
})
