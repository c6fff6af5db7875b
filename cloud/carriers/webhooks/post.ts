import { lookup } from 'node:dns'
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { codeOf, failure } from '../../platform/failure.ts'
import { mayReach } from './addresses.ts'

export type Posted =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'failed'; readonly problem: string }

export type Post = (
  url: string,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<Posted>

const timeoutMs = 20_000

/** Follows no redirect and reads no answer beyond its head; connects to no address that it did not judge. */
export function createPost({ allowLoopback }: { readonly allowLoopback: boolean }): Post {
  const guarded: LookupFunction = (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      const fit = error === null ? found.filter(({ address }) => mayReach(address, allowLoopback)) : []
      const [first] = fit
      if (error !== null) done(error, '')
      else if (first === undefined) done(failure('webhook-address-refused', 'not a public address'), '')
      else if (options.all === true) done(null, fit)
      else done(null, first.address, first.family)
    })
  }
  return async (url, { headers, body }) =>
    await new Promise<Posted>((resolve) => {
      const to = new URL(url)
      const host = to.hostname.replaceAll(/^\[|\]$/g, '')
      const failed = (error: unknown): void => resolve({ kind: 'failed', problem: codeOf(error) ?? 'webhook-failed' })
      // A literal address is never looked up.
      if (isIP(host) !== 0 && !mayReach(host, allowLoopback)) {
        failed(failure('webhook-address-refused', 'not a public address'))
        return
      }
      const request = to.protocol === 'https:' ? requestTls : requestPlain
      const sent = request(
        to,
        { method: 'POST', headers, lookup: guarded, signal: AbortSignal.timeout(timeoutMs) },
        (answer) => {
          const retryAfter = answer.headers['retry-after']
          answer.resume()
          answer.on('error', failed)
          resolve({ kind: 'answered', status: answer.statusCode ?? 0, retryAfter })
        },
      )
      sent.on('error', failed)
      sent.end(body)
    })
}
