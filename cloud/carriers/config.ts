import Type from 'typebox'

export const carriersConfig = Type.Object(
  {
    /** CloudEvents `source` of every event: the cloud's public origin. */
    source: Type.String({ minLength: 1, maxLength: 200, default: 'https://holdfast.invalid' }),
    /** Only for a demo or a test: webhooks may go to this machine, and without TLS. */
    allowLoopback: Type.Boolean({ default: false }),
  },
  { additionalProperties: false },
)
export type CarriersConfig = Type.Static<typeof carriersConfig>
