import type { Failure } from './client.ts'
import type { KitId } from '../words/kit/kit-id.ts'
import type { Words } from '../words/create-words.ts'

const general: Readonly<Record<string, KitId>> = {
  offline: 'refusal.offline',
  timeout: 'refusal.timeout',
  server: 'refusal.server',
}

const byStatus: Readonly<Record<number, KitId>> = {
  401: 'refusal.signedOut',
  403: 'refusal.forbidden',
  404: 'refusal.notFound',
  429: 'refusal.tooMany',
}

/** For people: the app's own word `<app>.refusal.<code>`, else the server's in this language, else a general one. */
export function failureWords(failure: Failure, words: Words<KitId>, app: string): string {
  const own = words.find(`${app}.refusal.${failure.code}`)
  const known = own ?? failure.messages[words.locale]
  if (known !== undefined) return known
  const fallback = general[failure.code] ?? byStatus[failure.status]
  return words.t(fallback ?? (failure.status >= 500 ? 'refusal.server' : 'refusal.unknown'))
}
