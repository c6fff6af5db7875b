import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wholeLanguage, wordFolders, type WordList } from './whole-language.ts'
import { wordsPlugin } from './words-plugin.ts'

const shipped = fileURLToPath(new URL('../kit/words', import.meta.url))
const apps = Object.keys(wordFolders)
const parts = [...new Set(Object.values(wordFolders).flat())]

describe('a language that a translator adds by one file', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'holdfast-words-')), 'kit', 'words')
  beforeAll(() => cpSync(shipped, folder, { recursive: true }))
  afterAll(() => rmSync(join(folder, '..', '..'), { recursive: true }))

  const english = (part: string): WordList => JSON.parse(readFileSync(join(folder, part, 'en.json'), 'utf8'))
  const whole = (): Record<string, string> => Object.assign({}, ...parts.map(english))
  /** What the build makes of the file for one app. */
  const built = (app: string, language: WordList): Record<string, unknown> => {
    const file = join(folder, 'xx.json')
    writeFileSync(file, JSON.stringify(language))
    const { transform } = wordsPlugin(app)
    if (typeof transform !== 'function') throw new Error('the plugin transforms')
    const made = Reflect.apply(transform, undefined, [readFileSync(file, 'utf8'), file])
    return JSON.parse(made.code)
  }

  it.each(apps)('is whole for %s, which takes its own words of it and no others', (app) => {
    const ids = (wordFolders[app] ?? []).flatMap((part) => Object.keys(english(part)))
    expect(Object.keys(built(app, whole())).sort()).toEqual([...new Set(ids)].sort())
  })

  it.each(apps)('stops the build of %s where a word is missing, empty or lacks a value, and names each', (app) => {
    const own = wordFolders[app]?.at(-1) ?? ''
    const [first = '', second = ''] = Object.keys(english(own))
    const [filled = '', text = ''] = Object.entries(english(own)).find(([, message]) => /\{\w+\}/u.test(message)) ?? []
    const language = whole()
    delete language[first]
    language[second] = ' '
    language[filled] = text.replaceAll(/\{(\w+)\}/gu, 'something')
    const name = /\{(\w+)\}/u.exec(text)?.[1] ?? ''
    const { missing } = wholeLanguage(folder, app, language)
    expect(missing).toEqual(expect.arrayContaining([first, second, `${filled} {${name}}`]))
    expect(() => built(app, language)).toThrow(`xx.json lacks: ${missing.join(', ')}`)
  })

  it('lacks nothing in the languages that ship', () => {
    for (const app of apps)
      for (const locale of ['zh', 'ko']) {
        const read = (part: string): WordList => JSON.parse(readFileSync(join(folder, part, `${locale}.json`), 'utf8'))
        const language: WordList = Object.assign({}, ...(wordFolders[app] ?? []).map(read))
        expect([app, locale, wholeLanguage(folder, app, language).missing]).toEqual([app, locale, []])
      }
  })

  it.each(apps)('is looked for by %s beside the folders that it is made of', (app) => {
    const source = readFileSync(join(shipped, app, `${app}-words.ts`), 'utf8')
    const globs = /import\.meta\.glob<Catalog>\(\[([^\]]*)\]/u.exec(source)?.[1] ?? ''
    const looked = [...globs.matchAll(/'([^']*)'/gu)].map(([, glob]) => glob)
    const own = (wordFolders[app] ?? []).map((part) => (part === app ? './*.json' : `../${part}/*.json`))
    expect(new Set(looked)).toEqual(new Set(['../*.json', ...own]))
  })
})
