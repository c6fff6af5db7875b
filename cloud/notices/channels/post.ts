import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
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
  const status = await ask({ url, body, headers, signal }).catch((error: unknown) => {
    throw channelFailure('channel-unreachable', signal.aborted ? 'timeout' : (codeOf(error) ?? 'network'))
  })
  if (status >= 200 && status < 300) return taken
  const reason = `http-${status}`
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { outcome: 'refused', reason }
  throw channelFailure('channel-busy', reason)
}

/** On a connection that is kept; follows no redirect and reads no answer beyond its head. */
async function ask({ url, body, headers, signal }: Post): Promise<number> {
  return await new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? requestTls : requestPlain
    const sent = request(url, { method: 'POST', signal, headers: { 'content-type': 'application/json', ...headers } })
    sent.on('response', (answer) => {
      answer.on('error', () => undefined)
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
