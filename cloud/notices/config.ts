import Type from 'typebox'

const url = Type.String({ pattern: '^https?://', maxLength: 300 })
const secret = Type.String({ minLength: 16, maxLength: 200 })
const closed = { additionalProperties: false } as const

/** A receiver for demos: it gets the whole message by HTTP POST and shows it. */
const tray = Type.Object({ kind: Type.Literal('tray'), url }, closed)

export const noticesConfig = Type.Object(
  {
    /** Where gateways reach this cloud: receipts go to `<publicUrl>/v1/gateway/sms/receipts`. */
    publicUrl: url,
    /** What brings messages to phones. `secret` signs what we send. */
    phone: Type.Union([tray, Type.Object({ kind: Type.Literal('sms'), url, secret }, closed)]),
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
