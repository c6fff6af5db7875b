import Type from 'typebox'

const url = Type.String({ pattern: '^https?://', maxLength: 300 })
const secret = Type.String({ minLength: 16, maxLength: 200 })
const closed = { additionalProperties: false } as const

const hour = Type.Integer({ minimum: 0, maximum: 23 })
const gateway = <Kind extends string>(kind: Kind) => Type.Object({ kind: Type.Literal(kind), url, secret }, closed)

/** A receiver for demos: it gets the whole message by HTTP POST and shows it. */
const tray = Type.Object({ kind: Type.Literal('tray'), url }, closed)

export const noticesConfig = Type.Object(
  {
    /** Where gateways reach this cloud: receipts go to `<publicUrl>/v1/gateway/sms/receipts`. */
    publicUrl: url,
    /** What brings messages to phones. `secret` signs what we send. */
    phone: Type.Union([tray, gateway('sms')]),
    /** Reads a message aloud where a text does not arrive or cannot: landlines. */
    voice: Type.Optional(Type.Union([tray, gateway('voice')])),
    /** Prints a slip at the cabinet when no other way has brought the message. */
    slip: Type.Optional(Type.Union([tray, gateway('slip')])),
    /** Whether who looked at the app lately gets a message there first, and a text only where it is not read. */
    app: Type.Union([Type.Literal('first'), Type.Literal('beside')], { default: 'first' }),
    /** When nobody is rung up or reminded, by the clock of the site. */
    quiet: Type.Object({ from: hour, to: hour }, { ...closed, default: { from: 22, to: 7 } }),
    /** Copies by e-mail, for recipients whose address was announced. */
    email: Type.Optional(
      Type.Union([
        tray,
        Type.Object(
          {
            kind: Type.Literal('smtp'),
            host: Type.String({ minLength: 1, maxLength: 200 }),
            port: Type.Integer({ minimum: 1, maximum: 65535 }),
            /** TLS from the first byte; else STARTTLS where the server offers it. */
            secure: Type.Boolean({ default: false }),
            from: Type.String({ minLength: 3, maxLength: 200 }),
            user: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
            password: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          },
          closed,
        ),
      ]),
    ),
    /** Signs the gateway's callbacks: receipts and replies. */
    gatewaySecret: secret,
    /** How long addresses and texts are kept after a message has ended (law 14). */
    wordsDays: Type.Integer({ minimum: 1, maximum: 90, default: 30 }),
  },
  closed,
)
export type NoticesConfig = Type.Static<typeof noticesConfig>
