import type { Language, Languages } from './languages.ts'

export type Keyword = keyof Language['keywords']

/** What is no keyword is left alone. The word that takes most away is looked for first: "not mine" before "no". */
const order: readonly Keyword[] = ['notMine', 'decline', 'accept']

/** Whole answers as people type them, in whatever language; Latin words stand alone: "no problem" is no "no". */
export function createKeywords(languages: Languages): (text: string) => Keyword | undefined {
  const all = order.map((keyword) => {
    const words = [...languages.values()].flatMap(({ keywords }) => keywords[keyword])
    return [keyword, new Set(words.map((word) => wordsIn(word).join('')))] as const
  })
  return (text) => {
    const words = wordsIn(text)
    const first = words[0] ?? ''
    // Thanks and the like may follow where words do not change their meaning by what comes after.
    const said = [words.join(''), /^[\p{Script=Latin}\p{N}]*$/u.test(first) ? '' : first].filter((word) => word !== '')
    return all.find(([, known]) => said.some((word) => known.has(word)))?.[0]
  }
}

/** `about`: which parcel is meant, in capitals: the door of the message, or figures of the number. */
export type Answer = { readonly word: Keyword; readonly about?: string }

/** A keyword, alone or with what it is about: "WRONG A07". Looked at whole first: "1" is a yes. */
export function createAnswers(languages: Languages): (text: string) => Answer | undefined {
  const keyword = createKeywords(languages)
  return (text) => {
    const [, rest = '', about = ''] =
      /^(.*?)\s*(\p{Script=Latin}{0,4}-?\d[\p{Script=Latin}\d]{0,20})[\s.!。！]*$/su.exec(text.normalize('NFKC')) ?? []
    // "Y2" without a space between.
    const [, word = '', number = ''] = /^\s*(\p{L}{1,8})(\d{1,2})[\s.!。！]*$/u.exec(text.normalize('NFKC')) ?? []
    const close = keyword(word)
    if (close !== undefined) return { word: close, about: number }
    const [whole, before] = [keyword(text), keyword(rest)]
    if (before !== undefined && about !== '') return { word: before, about: about.replaceAll('-', '').toUpperCase() }
    return whole === undefined ? undefined : { word: whole }
  }
}

/** Full width, case, spaces and punctuation do not matter. */
const wordsIn = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
