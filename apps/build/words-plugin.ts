import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'
import { wholeLanguage } from './whole-language.ts'

const catalogPath = /\/kit\/words\/[^/]+\/[^/]+\.json$/
/** One translator's file for all the apps of the street. */
const languagePath = /^(.*\/kit\/words)\/([a-z]{2,3}\.json)$/

/** ICU messages become token lists at build time: no parser ships, and a broken message fails the build by its id. */
export function wordsPlugin(app: string): Plugin {
  return {
    name: 'holdfast-words',
    enforce: 'pre',
    transform(source, id) {
      const [, folder, file] = languagePath.exec(id) ?? []
      if (folder !== undefined && file !== undefined) return compiledPart(folder, { app, file, source })
      if (!catalogPath.test(id)) return undefined
      const catalog: Record<string, string> = JSON.parse(source)
      return { code: JSON.stringify(compileCatalog(catalog)), map: null }
    },
  }
}

type Language = { readonly app: string; readonly file: string; readonly source: string }

function compiledPart(folder: string, { app, file, source }: Language) {
  const { words, missing } = wholeLanguage(folder, app, JSON.parse(source))
  if (missing.length > 0) throw new Error(`${file} lacks: ${missing.join(', ')}`)
  return { code: JSON.stringify(compileCatalog(words)), map: null }
}

export function compileCatalog(catalog: Readonly<Record<string, string>>): Record<string, unknown> {
  const compiled: Record<string, unknown> = {}
  for (const [id, message] of Object.entries(catalog)) {
    const tokens = compileMessage(message)
    // The compiler prints what is wrong and gives the text back.
    if (message.includes('{') && tokens[0] === message)
      throw new Error(`the word ${id} is not a valid ICU message: ${message}`)
    compiled[id] = tokens
  }
  return compiled
}
