import { readFileSync } from 'node:fs'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { lineConfigSchema } from '../boards/boards.ts'

const closed = { additionalProperties: false } as const
const port = Type.Integer({ minimum: 1, maximum: 65_535 })
const baud = Type.Integer({ minimum: 1_200, maximum: 1_000_000 })

/** The terminal's config file, JSON. Everything that a technician may set stands here and nowhere else. */
export const configSchema = Type.Object(
  {
    /** Folder of journal and identity; made where it is missing, readable by the terminal's user alone. */
    store: Type.String({ minLength: 1 }),
    /** Origin of the cloud's API. */
    cloud: Type.String({ pattern: '^https?://' }),
    /** For the first start; the environment's HOLDFAST_CLAIM_TOKEN goes before it. */
    claimToken: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    /** Where this site reaches the broker, if not at the address that enrolment told: a tunnel, a gateway. */
    broker: Type.Optional(Type.String({ pattern: '^(mqtts?|tcp|ssl|wss?)://' })),
    lines: Type.Array(lineConfigSchema, { minItems: 1, maxItems: 16 }),
    /** Labels and phones are held before it: at a serial port, behind a bridge, or where whoever connects is believed (demo). */
    scanner: Type.Optional(
      Type.Union([
        Type.Object({ serial: Type.String({ minLength: 1 }), baud: Type.Optional(baud) }, closed),
        Type.Object({ tcp: Type.Object({ host: Type.String({ minLength: 1 }), port }, closed) }, closed),
        Type.Object({ virtual: port }, closed),
      ]),
    ),
    /** Earphone socket: the input device that tells when something is plugged in, under /dev/input. */
    jack: Type.Optional(Type.String({ pattern: '^/' })),
    /** `static`: folder of the built touchscreen app; `apps/dist/kiosk` of this program's own source unless told. */
    kiosk: Type.Object(
      { port: Type.Integer({ minimum: 0, maximum: 65_535 }), static: Type.Optional(Type.String()) },
      closed,
    ),
    log: Type.Optional(Type.Enum(['silent', 'error', 'warn', 'info', 'debug'])),
    /** scrypt's N of pickup codes: 2^15 unless a demo on a slow machine says less. */
    codeCost: Type.Optional(Type.Enum([2 ** 10, 2 ** 12, 2 ** 14, 2 ** 15])),
  },
  { additionalProperties: false },
)
export type Config = Static<typeof configSchema>

const configs = Compile(configSchema)

/** Throws `config-unreadable` or `config-invalid`, naming the places that are wrong. */
export function readConfig(path: string): Config {
  const found = parsed(path)
  if (configs.Check(found)) return found
  const places = configs.Errors(found).map(({ instancePath, message }) => `${instancePath || '/'}: ${message}`)
  throw failure('config-invalid', places.join('; '))
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw failure('config-unreadable', error instanceof Error ? error.message : path)
  }
}

const failure = (code: string, message: string): Error => Object.assign(new Error(`${code}: ${message}`), { code })
