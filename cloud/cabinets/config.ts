import Type from 'typebox'

export const cabinetsConfig = Type.Object(
  {
    /** Where cabinets find the broker; told to them when they enrol. */
    mqttUrlForCabinets: Type.Optional(Type.String()),
    /** How long a claim token may lie unused. */
    claimHours: Type.Integer({ minimum: 1, default: 72 }),
    /** How long the sealed private parts of facts are kept (law 14). */
    privateDays: Type.Integer({ minimum: 1, maximum: 90, default: 7 }),
    defaultCountry: Type.String({ pattern: '^[A-Z]{2}$', default: 'CN' }),
    locales: Type.Array(Type.Enum(['zh', 'en', 'ko']), { minItems: 1, default: ['zh', 'en', 'ko'] }),
  },
  { additionalProperties: false },
)
export type CabinetsConfig = Type.Static<typeof cabinetsConfig>
