import Type from 'typebox'

export const peopleConfig = Type.Object(
  {
    /** Whose numbers may be typed without a country code. */
    defaultCountry: Type.String({ pattern: '^[A-Z]{2}$', default: 'CN' }),
    /** What a person who never chose a language is spoken to in. */
    defaultLocale: Type.String({ pattern: '^[a-z]{2,3}$', default: 'zh' }),
    /** scrypt's N for staff passwords: a power of two. Lower only in tests. */
    passwordCost: Type.Integer({ minimum: 2, maximum: 32768, default: 32768 }),
  },
  { additionalProperties: false },
)
export type PeopleConfig = Type.Static<typeof peopleConfig>
