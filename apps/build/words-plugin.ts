import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'

const catalogPath = /\/kit\/words\/[^/]+\/[^/]+\.json$/

/** ICU messages become token lists at build time: no parser ships, and a broken message fails the build by its id. */
export function wordsPlugin(): Plugin {
  return {
    name: 'holdfast-words',
    enforce: 'pre',
    transform(source, id) {
      if (!catalogPath.test(id)) return undefined
      const catalog: Record<string, string> = JSON.parse(source)
      return { code: JSON.stringify(compileCatalog(catalog)), map: null }
    },
  }
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
