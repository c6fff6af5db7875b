import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { Type } from 'typebox'
import { cookieOf } from './gate.ts'
import type { Who } from './route.ts'

const Messages = Type.Object({ en: Type.String(), zh: Type.String(), ko: Type.String() })

export const ErrorReply = Type.Object({
  error: Type.Object({
    code: Type.String({ description: 'Stable; see the table of codes.' }),
    message: Type.String({ description: 'English.' }),
    messages: Messages,
    fields: Type.Optional(Type.Array(Type.String())),
  }),
})

export const describeApi = (version: string): FastifyDynamicSwaggerOptions => ({
  // The server compiles no replies of its own, so that it starts sooner: the document takes them from the route.
  transform: ({ schema, url, route: { config } }) => ({
    schema: config?.replies === undefined ? schema : { ...schema, response: config.replies },
    url,
  }),
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      description: 'The cloud behind the parcel lockers.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        carrier: { type: 'http', scheme: 'bearer', description: 'A carrier’s API key.' },
        courier: { type: 'apiKey', in: 'cookie', name: cookieOf.courier },
        recipient: { type: 'apiKey', in: 'cookie', name: cookieOf.recipient },
        staff: { type: 'apiKey', in: 'cookie', name: cookieOf.operator },
      },
    },
  },
})

/** OpenAPI's security requirement of a declared caller; staff roles stand as scopes. */
export function securityOf(who: Who): { [scheme: string]: readonly string[] }[] {
  if (who === 'public') return []
  return typeof who === 'string' ? [{ [who]: [] }] : [{ staff: who.staff }]
}
