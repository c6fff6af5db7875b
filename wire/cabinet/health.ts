import Type from 'typebox'
import { closed, idField, instantField } from '../journal/fields.ts'

/** up/health: the heartbeat, every 30 s; offline after 90 s without one. No will, no presence of the broker's. */
export const healthSchema = Type.Object(
  {
    v: Type.Literal(1),
    cabinet: idField('cabinet'),
    incarnation: idField('incarnation'),
    boot: Type.Integer({ minimum: 1 }),
    running: Type.Integer({ minimum: 0 }),
    wall: instantField,
    trusted: Type.Boolean(),
    /** Newest journal entry. */
    head: Type.Integer({ minimum: 0 }),
    desired: Type.Integer({ minimum: 0 }),
    /** SHA-256 over doors, epochs, occupancy and dead codes at `head`, hex: both sides compare it. */
    digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    journal: Type.Enum(['ok', 'full', 'failing']),
    kiosk: Type.Enum(['ok', 'absent']),
    /** What the kiosk's page says of the surface under people's fingers. */
    touch: Type.Enum(['ok', 'absent']),
    /** `none`: this cabinet has no scanner of its own. */
    scanner: Type.Enum(['ok', 'absent', 'none']),
    /** Lines whose boards do not answer. */
    silentLines: Type.Array(Type.String({ maxLength: 32 }), { maxItems: 16 }),
  },
  closed,
)
export type Health = Type.Static<typeof healthSchema>

export const heartbeatEverySeconds = 30
export const offlineAfterSeconds = 90
