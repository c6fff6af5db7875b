import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Caller {
  /** The status of the answer; what it says is read and dropped. */
  post(path: string, body: object, headers: Readonly<Record<string, string>>): Promise<number>
  stop(): void
}

/** A carrier's system on connections that it keeps: who measures shall cost less than what is measured. */
export function createCaller(url: string): Caller {
  const agent = new Agent({ keepAlive: true })
  return {
    post: (path, body, headers) =>
      new Promise((resolve, reject) => {
        const bytes = Buffer.from(JSON.stringify(body))
        const length = { 'content-length': String(bytes.length) }
        const sent = request(new URL(path, url), { method: 'POST', agent, headers: { ...headers, ...length } })
        sent.on('response', (answer) => {
          text(answer).then(() => resolve(answer.statusCode ?? 0), reject)
        })
        sent.on('error', reject)
        sent.end(bytes)
      }),
    stop: () => agent.destroy(),
  }
}
