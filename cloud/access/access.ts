import type { Cabinets } from '../cabinets/cabinets.ts'
import type { Parcels } from '../parcels/parcels.ts'
import type { People } from '../people/people.ts'
import type { Route } from '../platform/http/route.ts'
import type { Directory, Ports } from '../platform/ports.ts'
import { answerCourierCode, answerCourierSignIn, answerElsewhere, answerLostCode } from './asks.ts'
import { carryRoutes } from './carry.ts'
import { certificateRoutes, createDeny, forgetOldCertificates } from './certificates/certificates.ts'
import { courierRoutes } from './courier.ts'
import { afarRoutes } from './afar/afar.ts'
import { handoverRoutes } from './handovers/routes.ts'
import { forgetHandovers } from './handovers/store.postgres.ts'
import { recipientRoutes } from './recipient.ts'
import { forgetScreens } from './screens.postgres.ts'

/** Who may open what at a kiosk now: scans of its screen, grants, sign-ins, labels read by a phone. */
export type Access = {
  readonly routes: readonly Route[]
  /** Registers its answers to cabinets' asks: before the cabinets start. */
  readonly start: () => void
  /** Drops what no session can still stand on. */
  readonly forget: () => Promise<void>
}

export type AccessPorts = Pick<Ports, 'db' | 'outbox' | 'clock' | 'seals' | 'keys' | 'log'> & {
  readonly people: Pick<
    People,
    'allow' | 'employmentsOf' | 'judgeCode' | 'personByPhone' | 'phoneOf' | 'readPhone' | 'sendCode'
  >
  readonly cabinets: Pick<
    Cabinets,
    | 'answerCarried'
    | 'besides'
    | 'deny'
    | 'courierSession'
    | 'keepCourierPicture'
    | 'isOnline'
    | 'onAsk'
    | 'pickUp'
    | 'pickupView'
    | 'places'
    | 'takeCarried'
    | 'tell'
  >
  readonly parcels: Pick<Parcels, 'waitingAt' | 'resendAt' | 'opensAt'>
  readonly carriers: Directory['carriers']
}

export const createAccess = (ports: AccessPorts): Access => ({
  routes: [
    ...courierRoutes(ports),
    ...carryRoutes(ports),
    ...certificateRoutes(ports),
    ...recipientRoutes(ports),
    ...afarRoutes(ports),
    ...handoverRoutes(ports),
  ],
  start: () => {
    ports.outbox.add(createDeny(ports))
    ports.cabinets.onAsk('courier-code', async (ask) => await answerCourierCode(ports, ask))
    ports.cabinets.onAsk('elsewhere', async (ask) => await answerElsewhere(ports, ask))
    ports.cabinets.onAsk('lost-code', async (ask) => await answerLostCode(ports, ask))
    ports.cabinets.onAsk('courier-sign-in', async (ask) => await answerCourierSignIn(ports, ask))
  },
  forget: async () => {
    await forgetScreens(ports)
    await forgetHandovers(ports)
    await forgetOldCertificates(ports)
  },
})
