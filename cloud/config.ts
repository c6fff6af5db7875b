import Type from 'typebox'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { cabinetCreateRequest } from '@holdfast/wire/http/cabinets.ts'
import { cabinetsConfig } from './cabinets/config.ts'
import { carriersConfig } from './carriers/config.ts'
import { noticesConfig } from './notices/config.ts'
import { peopleConfig } from './people/config.ts'

const closed = { additionalProperties: false } as const
const role = Type.Enum(['viewer', 'dispatcher', 'technician', 'manager'])

/** Applied once, to a database without an operator. Ids, keys and tokens that are given stay as given. */
export const bootstrapConfig = Type.Object(
  {
    operator: Type.Object({ name: Type.String(), id: Type.Optional(idField('operator')) }, closed),
    staff: Type.Array(
      Type.Object({ name: Type.String(), email: Type.String(), password: Type.String(), role }, closed),
      { default: [] },
    ),
    carriers: Type.Array(
      Type.Object(
        {
          id: Type.Optional(idField('carrier')),
          code: Type.String(),
          name: Type.String(),
          apiKeys: Type.Array(Type.String(), { default: [] }),
        },
        closed,
      ),
      { default: [] },
    ),
    couriers: Type.Array(
      Type.Object(
        {
          phone: Type.String(),
          name: Type.String(),
          /** Codes of the carriers that employ him. */
          carriers: Type.Array(Type.String(), { minItems: 1 }),
          outlet: Type.Optional(Type.String()),
          locale: Type.Optional(Type.Enum(['zh', 'en', 'ko'])),
        },
        closed,
      ),
      { default: [] },
    ),
    cabinets: Type.Array(
      Type.Object(
        {
          ...cabinetCreateRequest.properties,
          id: Type.Optional(idField('cabinet')),
          claimToken: Type.Optional(Type.String({ minLength: 16, maxLength: 64 })),
        },
        closed,
      ),
      { default: [] },
    ),
  },
  closed,
)
export type BootstrapConfig = Type.Static<typeof bootstrapConfig>

const listening = (port: number) =>
  Type.Object(
    { host: Type.String({ default: '127.0.0.1' }), port: Type.Integer({ minimum: 0, maximum: 65535, default: port }) },
    { ...closed, default: {} },
  )

/** The program's one JSON file. Paths are relative to it. */
export const cloudConfig = Type.Object(
  {
    /** What this process does; any number of processes may share a database and a broker. */
    roles: Type.Array(Type.Enum(['http', 'ingest', 'worker']), { minItems: 1, default: ['http', 'ingest', 'worker'] }),
    logLevel: Type.Enum(['silent', 'error', 'warn', 'info', 'debug'], { default: 'info' }),
    http: listening(8080),
    /** As people's phones reach it; the address listened on unless told. */
    publicUrl: Type.Optional(Type.String()),
    /** False only for a demo on plain HTTP. */
    secureCookies: Type.Boolean({ default: true }),
    trustProxy: Type.Boolean({ default: false }),
    /** Built apps, one folder for each audience. */
    apps: Type.Optional(Type.String()),
    keysFile: Type.String({ default: 'keys.json' }),
    database: Type.Object(
      {
        /** PostgreSQL; without it PGlite in `directory`. */
        url: Type.Optional(Type.String()),
        directory: Type.String({ default: 'database' }),
      },
      { ...closed, default: {} },
    ),
    mqtt: Type.Object(
      {
        /** A broker of one's own; without it one runs in this process at `listen`. */
        url: Type.Optional(Type.String()),
        username: Type.Optional(Type.String()),
        password: Type.Optional(Type.String()),
        listen: listening(1883),
      },
      { ...closed, default: {} },
    ),
    cabinets: Type.Object(cabinetsConfig.properties, { ...closed, default: {} }),
    people: Type.Object(peopleConfig.properties, { ...closed, default: {} }),
    carriers: Type.Object(carriersConfig.properties, { ...closed, default: {} }),
    notices: noticesConfig,
    bootstrap: Type.Optional(bootstrapConfig),
  },
  closed,
)
export type CloudConfig = Type.Static<typeof cloudConfig>
