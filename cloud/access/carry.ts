import { bytesFromBase64 } from '@holdfast/wire/bytes/base64.ts'
import { carriedAskReply, carriedAskRequest, carriedReply, carriedRequest } from '@holdfast/wire/http/access.ts'
import { refuse } from '../platform/http/refusals.ts'
import { type Route, route } from '../platform/http/route.ts'
import type { AccessPorts } from './access.ts'
import { accessCodes } from './codes.ts'
import { mayGoOn } from './limits.ts'

export const carryRoutes = (ports: AccessPorts): readonly Route[] => [carried(ports), asked(ports)]

/** Any courier's phone may bring any cabinet's facts: what they say is the cabinet's word, not the courier's. */
const carried = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/courier/carried',
    who: 'courier',
    summary:
      'Sealed facts of a cabinet that is offline, read from its screen by this phone; the same again is harmless',
    schemas: { body: carriedRequest },
    replies: { 200: carriedReply },
    handle: async ({ body, caller }) => {
      if (!(await mayGoOn(ports, caller.personId, 'carry'))) return refuse(accessCodes, 'too-many-scans')
      const bytes = bytesFromBase64(body.bytes)
      if (bytes === undefined) return refuse(accessCodes, 'carried-malformed')
      const taken = await ports.cabinets.takeCarried(bytes, caller.personId)
      return taken.ok ? { status: 200, body: taken.value } : refuse(accessCodes, taken.refusal)
    },
  })

const asked = (ports: AccessPorts): Route =>
  route({
    method: 'POST',
    path: '/v1/courier/asks',
    who: 'courier',
    summary:
      'What a cabinet that is offline asks for this courier, read from its screen; repeated while a recipient thinks',
    schemas: { body: carriedAskRequest },
    replies: { 200: carriedAskReply },
    handle: async ({ body, caller }) => {
      if (!(await mayGoOn(ports, caller.personId, 'carry'))) return refuse(accessCodes, 'too-many-scans')
      const bytes = bytesFromBase64(body.bytes)
      if (bytes === undefined) return refuse(accessCodes, 'carried-malformed')
      const answered = await ports.cabinets.answerCarried({ bytes, again: body.again === true }, caller.personId)
      return answered.ok ? { status: 200, body: answered.value } : refuse(accessCodes, answered.refusal)
    },
  })
