import {
  claimHandoverRequest,
  handedOverSchema,
  handOverRequest,
  handoversSchema,
  takeBackRequest,
} from '@holdfast/wire/http/access.ts'
import { readId } from '@holdfast/core/values/ids.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import type { AccessPorts } from '../access.ts'
import { accessCodes, type AccessRefusal } from '../codes.ts'
import { mayGoOn } from '../limits.ts'
import { type At, claim, give, listHandovers, takeBack } from './handovers.ts'

const no = (code: AccessRefusal): Reply => refuse(accessCodes, code)

function atOf({ cabinet, deposit }: { readonly cabinet: string; readonly deposit: string }): At | undefined {
  const at = { cabinet: readId('cabinet', cabinet), deposit: readId('deposit', deposit) }
  return at.cabinet === undefined || at.deposit === undefined ? undefined : { cabinet: at.cabinet, deposit: at.deposit }
}

/** A pickup handed to somebody else, and taken back until it is used. */
export const handoverRoutes = (ports: AccessPorts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/recipient/handovers',
    who: 'recipient',
    summary: 'Pickups that this person handed over, and those that they may collect for others',
    schemas: {},
    replies: { 200: handoversSchema },
    handle: async ({ caller }) => ({ status: 200, body: await listHandovers(ports, caller.personId) }),
  }),
  route({
    method: 'POST',
    path: '/v1/recipient/handovers',
    who: 'recipient',
    summary: 'Let somebody else collect: a link for whoever opens it first',
    schemas: { body: handOverRequest },
    replies: { 201: handedOverSchema },
    handle: async ({ caller, body }) => {
      if (!(await mayGoOn(ports, caller.personId, 'hand-over'))) return no('too-many-scans')
      const at = atOf(body)
      const token = at === undefined ? undefined : await give(ports, caller.personId, at)
      return token === undefined ? no('nothing-waiting') : { status: 201, body: { token } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/recipient/handovers/take-back',
    who: 'recipient',
    summary: 'From now on nobody but the recipient may collect',
    schemas: { body: takeBackRequest },
    replies: { 200: emptySchema },
    handle: async ({ caller, body }) => {
      const at = atOf(body)
      if (at !== undefined) await takeBack(ports, caller.personId, at)
      return { status: 200, body: {} }
    },
  }),
  claimRoute(ports),
]

const claimRoute = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/recipient/handovers/claim',
    who: 'recipient',
    summary: 'Take on a pickup by its link',
    schemas: { body: claimHandoverRequest },
    replies: { 200: handoversSchema },
    handle: async ({ caller, body }) => {
      if (!(await mayGoOn(ports, caller.personId, 'hand-over'))) return no('too-many-scans')
      if (!(await claim(ports, caller.personId, body.token))) return no('handover-gone')
      return { status: 200, body: await listHandovers(ports, caller.personId) }
    },
  })
