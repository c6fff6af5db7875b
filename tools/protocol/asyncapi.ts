import { cabinetMessages, journalEntry, type CabinetMessage } from '@holdfast/wire/catalog/cabinet-messages.ts'
import { eventSchemas } from '@holdfast/wire/journal/events.ts'
import { sealLineSchema } from '@holdfast/wire/cabinet/signed.ts'

const description = `Every message is lines of canonical JSON (RFC 8785, integers only). The first line is the seal
(components/schemas/sealLine); its signature covers \`holdfast/<kind>/1\`, a NUL and all bytes after the first line
feed, as they were made. The schemas below describe the second line. A facts message goes on with one journal entry
a line (components/schemas/entry, its event one of components/schemas/event-…). Cabinets sign with ECDSA P-256, the
cloud with Ed25519. MQTT 3.1.1, QoS 1, clean session, nothing retained, no will.`

const credentials = { $ref: '#/components/securitySchemes/cabinetCredentials' }

/** AsyncAPI 3 of everything between cabinet and cloud, seen from the cabinet: it sends up and receives down. */
export function asyncApi(version: string): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Holdfast cabinet protocol',
      version,
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      broker: {
        host: 'broker.example:8883',
        protocol: 'mqtts',
        protocolVersion: '3.1.1',
        description: 'Which broker serves a shard is configuration: the cabinet is told at enrolment.',
        security: [credentials],
      },
    },
    channels: each(channelOf),
    operations: each(operationOf),
    components: {
      securitySchemes: {
        cabinetCredentials: {
          type: 'userPassword',
          description:
            'Given at enrolment; lets a cabinet publish below its own `up` and hear its own `down`, no more.',
        },
      },
      messages: each(messageOf),
      schemas: {
        sealLine: plain(sealLineSchema),
        entry: plain(journalEntry.schema),
        ...Object.fromEntries(eventSchemas.map((schema) => [`event-${typeOf(schema)}`, plain(schema)])),
      },
    },
  }
}

const each = (make: (name: string, message: CabinetMessage) => object): object =>
  Object.fromEntries(Object.entries(cabinetMessages).map(([name, message]) => [name, make(name, message)]))

function channelOf(name: string, { from, channel }: CabinetMessage): object {
  return {
    address: `hf/1/{shard}/{cabinet}/${from === 'cabinet' ? 'up' : 'down'}/${channel}`,
    messages: { [name]: { $ref: `#/components/messages/${name}` } },
    parameters: {
      shard: { description: 'First 10 bits of SHA-256 over the cabinet id, 0 to 1023.' },
      cabinet: { description: 'The cabinet id, `cab_…`.' },
    },
  }
}

function operationOf(name: string, { from, summary }: CabinetMessage): object {
  return {
    action: from === 'cabinet' ? 'send' : 'receive',
    channel: { $ref: `#/channels/${name}` },
    summary,
    security: [credentials],
    messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
  }
}

function messageOf(name: string, { kind, summary, schema, examples }: CabinetMessage): object {
  return {
    name,
    title: name,
    summary,
    description: `Signed as \`holdfast/${kind}/1\`.`,
    contentType: 'application/json',
    payload: plain(schema),
    examples: Object.entries(examples).map(([example, payload]) => ({ name: example, payload })),
  }
}

const typeOf = (schema: (typeof eventSchemas)[number]): string => {
  const { type } = schema.properties
  return type !== undefined && 'const' in type ? String(type.const) : ''
}

/** Schemas carry the library's own marks; documents do not. */
const plain = (schema: object): object => structuredClone(schema)
