import { readId } from '@holdfast/core/values/ids.ts'
import {
  pickupAskedSchema,
  type PickupFromAfar,
  pickupFromAfarParams,
  pickupFromAfarRequest,
  pickupFromAfarSchema,
} from '@holdfast/wire/http/access.ts'
import type { OrderView } from '@holdfast/wire/http/cabinets.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import type { AccessPorts } from '../access.ts'
import { type AccessRefusal, accessCodes } from '../codes.ts'
import { findPlace } from '../courier.ts'
import { mayGoOn } from '../limits.ts'
import { doorOf, waitingFor } from '../recipient.ts'

const no = (code: AccessRefusal): Reply => refuse(accessCodes, code)

/**
 * A dead screen shows no nonce: the cabinet is asked for one, and the signed order goes back over it (law 6). The
 * cabinet judges for itself whether its screen is dead; the cloud only keeps people from asking in vain.
 */
export const afarRoutes = (ports: AccessPorts): readonly Route[] => [ask(ports), follow(ports)]

const ask = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/recipient/pickups',
    who: 'recipient',
    summary: 'Open the door of a waiting deposit where the screen of its cabinet is dead',
    schemas: { body: pickupFromAfarRequest },
    replies: { 202: pickupAskedSchema },
    handle: async ({ body, caller: { personId: person } }) => {
      if (!(await mayGoOn(ports, person, 'pickup-from-afar'))) return no('too-many-scans')
      const place = await findPlace(ports, body.cabinet)
      if (place === undefined) return no('kiosk-unknown')
      const at = (await waitingFor(ports, person, place)).find(({ deposit }) => deposit === body.deposit)
      const compartment = at === undefined ? undefined : readId('compartment', at.compartment)
      if (at === undefined || compartment === undefined) return no('nothing-waiting')
      if (!place.screenDead) return no('screen-works')
      const { cabinet } = place
      const { deposit, epoch } = at
      const asked = await ports.cabinets.pickUp({ cabinet, person, deposit, compartment, epoch })
      if (!asked.ok) return no('cabinet-not-reached')
      return { status: 202, body: { order: asked.value, door: doorOf(at) } }
    },
  })

const follow = (ports: AccessPorts): Route =>
  route({
    method: 'GET',
    path: '/v1/recipient/pickups/:cabinet/:order',
    who: 'recipient',
    summary: 'What became of an opening from the phone, and how its door stands',
    schemas: { params: pickupFromAfarParams },
    replies: { 200: pickupFromAfarSchema },
    handle: async ({ params, caller: { personId: person } }) => {
      const [cabinet, order] = [readId('cabinet', params.cabinet), readId('order', params.order)]
      if (cabinet === undefined || order === undefined) return no('nothing-waiting')
      const found = await ports.cabinets.pickupView({ cabinet, order, person })
      if (found === undefined) return no('nothing-waiting')
      return { status: 200, body: { ...found, state: stateOf(found.state) } }
    },
  })

/** The door's own steps are told by the door: an order of this kind is taken, or it is not. */
function stateOf(state: OrderView['state']): PickupFromAfar['state'] {
  switch (state) {
    case 'asked':
    case 'sent':
      return 'asked'
    case 'refused':
    case 'unanswered':
      return state
    case 'accepted':
    case 'done':
    case 'opened':
    case 'not-opened':
    case 'unknown':
      return 'taken'
  }
}
