import Type from 'typebox'
import { type PersonId, readId } from '@holdfast/core/values/ids.ts'
import {
  acknowledgeRequest,
  alertSchema,
  askerSchema,
  helpRequest,
  type HelpRequest,
} from '@holdfast/wire/http/alerts.ts'
import { emptySchema } from '@holdfast/wire/http/shapes.ts'
import { idField } from '@holdfast/wire/journal/fields.ts'
import { refuse } from '../../platform/http/refusals.ts'
import { type Reply, type Route, route } from '../../platform/http/route.ts'
import { risksCodes } from '../codes.ts'
import type { Asking, Help, Outcome } from './help.ts'

const callers = { staff: ['dispatcher', 'technician', 'manager'] } as const
const params = Type.Object({ alert: idField('alert') })
const unknown = refuse(risksCodes, 'alert-unknown')

const answer = <T>(outcome: Outcome<T>, status: number, body: (value: T) => unknown): Reply =>
  outcome.ok ? { status, body: body(outcome.value) } : refuse(risksCodes, outcome.refusal)

export function helpRoutes(help: Help): readonly Route[] {
  return [
    askRoute(help, 'recipient'),
    askRoute(help, 'courier'),
    route({
      method: 'GET',
      path: '/v1/operator/alerts/:alert/asker',
      who: callers,
      summary: 'Whom to call back about an open alert that a person asked for.',
      schemas: { params },
      replies: { 200: askerSchema },
      handle: async ({ params: { alert }, caller }) => {
        const id = readId('alert', alert)
        return id === undefined ? unknown : answer(await help.asker(caller.operatorId, id), 200, (asker) => asker)
      },
    }),
    route({
      method: 'POST',
      path: '/v1/operator/alerts/:alert/settle',
      who: callers,
      summary: 'Somebody has spoken with the person who asked; the alert ends, and who it was is forgotten.',
      schemas: { params, body: acknowledgeRequest },
      replies: { 200: alertSchema },
      handle: async ({ params: { alert }, body, caller }) => {
        const id = readId('alert', alert)
        if (id === undefined) return unknown
        const word = { alert: id, staff: caller.staffId, note: body.note ?? null }
        return answer(await help.settle(caller.operatorId, word), 200, (settled) => settled)
      },
    }),
  ]
}

const askRoute = (help: Help, asker: Asking['asker']): Route =>
  route({
    method: 'POST',
    path: `/v1/${asker}/help`,
    who: asker,
    summary: 'Ask the operator of a cabinet for a call back, or tell that somebody is shut inside.',
    schemas: { body: helpRequest },
    replies: { 202: emptySchema },
    handle: async ({ body, caller: { personId } }) => await ask(help, { person: personId, asker }, body),
  })

async function ask(
  help: Help,
  by: { readonly person: PersonId; readonly asker: Asking['asker'] },
  { cabinet: named, what }: HelpRequest,
): Promise<Reply> {
  const cabinet = readId('cabinet', named)
  if (cabinet === undefined) return refuse(risksCodes, 'help-place-unknown')
  return answer(await help.ask({ ...by, cabinet, what }), 202, () => ({}))
}
