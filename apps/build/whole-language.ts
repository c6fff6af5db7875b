import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileMessage } from '@lingui/message-utils/compileMessage'

/** Folders of words that an app for the street is made of; the dashboard keeps the languages of its own folders. */
export const wordFolders: Readonly<Record<string, readonly string[]>> = {
  courier: ['kit', 'phone', 'courier'],
  kiosk: ['kit', 'kiosk'],
  recipient: ['kit', 'phone', 'recipient'],
}

export type WordList = Readonly<Record<string, string>>

/** The values that a message is filled with, also inside the branches of a plural. */
const valuesOf = (message: string): ReadonlySet<string> => new Set(namesIn(compileMessage(message)))

function namesIn(tokens: unknown): readonly string[] {
  if (!Array.isArray(tokens)) return []
  return tokens.flatMap((token: unknown) => {
    if (!Array.isArray(token)) return []
    const [name, , branches] = token
    const inner = Object.values(Object(branches)).flatMap(namesIn)
    return name === '#' ? inner : [String(name), ...inner]
  })
}

/**
 * A translator's file holds every word of every app; each app takes its own. What is missing is named as a translator
 * sees it, `kiosk.code.title` or `kiosk.code.title {name}`, and nothing is shown in half a language.
 */
export function wholeLanguage(
  folder: string,
  app: string,
  language: WordList,
): { readonly words: WordList; readonly missing: readonly string[] } {
  const english: WordList = Object.assign(
    {},
    ...(wordFolders[app] ?? []).map((part) => read(join(folder, part, 'en.json'))),
  )
  const missing = Object.entries(english).flatMap(([id, message]) => {
    const said = language[id]
    if (said === undefined || said.trim() === '') return [id]
    const given = valuesOf(said)
    return [...valuesOf(message)].filter((name) => !given.has(name)).map((name) => `${id} {${name}}`)
  })
  const words = Object.fromEntries(
    Object.keys(english).flatMap((id) => (id in language ? [[id, language[id] ?? '']] : [])),
  )
  return { words, missing }
}

const read = (file: string): WordList => JSON.parse(readFileSync(file, 'utf8'))
