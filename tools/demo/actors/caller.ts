import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

type Fields = Readonly<Record<string, string>>

/** One program or one app that speaks with the cloud; keeps its own cookies. */
export interface Caller {
  /** @param line method and path, as in `POST /v1/parcels` */
  call(line: string, body?: unknown, headers?: Fields): Promise<Answer>
  /** The same, and throws where the answer is no 2xx or not of the shape that the wire promises. */
  ask<Schema extends TSchema>(schema: Schema, line: string, body?: unknown, headers?: Fields): Promise<Static<Schema>>
}

export function createCaller(origin: string, fixed: Fields = {}): Caller {
  const cookies = new Map<string, string>()
  const call: Caller['call'] = async (line, body, headers = {}) => {
    const [method = 'GET', path = '/'] = line.split(' ')
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, origin), {
      method,
      headers: {
        ...fixed,
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const [name = '', value = ''] = pair.split('=')
      cookies.set(name.trim(), value.trim())
    }
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : parsed(text) }
  }
  return {
    call,
    ask: async (schema, line, body, headers) => {
      const { status, body: reply } = await call(line, body, headers)
      if (status >= 200 && status <= 299 && Value.Check(schema, reply)) return reply
      throw new Error(`${line} is answered ${status} ${JSON.stringify(reply)}`)
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
