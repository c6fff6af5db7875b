import { codeOf } from '../../platform/failure.ts'
import { type Sent, channelFailure } from './channel.ts'

export type Post = {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** 2xx is taken; 408, 429, 3xx and 5xx may pass; any other 4xx is a refusal of this very message. */
export async function postJson({ url, body, headers, signal }: Post, taken: Sent): Promise<Sent> {
  const answer = await fetch(url, {
    method: 'POST',
    body,
    signal,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...headers },
  }).catch((error: unknown) => {
    const cause = error instanceof Error ? codeOf(error.cause) : undefined
    throw channelFailure('channel-unreachable', cause ?? (signal.aborted ? 'timeout' : 'network'))
  })
  await answer.body?.cancel()
  if (answer.ok) return taken
  const reason = `http-${answer.status}`
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429) {
    return { outcome: 'refused', reason }
  }
  throw channelFailure('channel-busy', reason)
}
