import { at, type Row } from './routes.row.testing.ts'

/** What somebody must look at, and whom to call back. */
export const alertRows: Readonly<Record<string, Row>> = {
  'GET /v1/operator/alerts': { kind: 'staff', make: () => at('/v1/operator/alerts'), own: '200', other: '200' },
  'POST /v1/operator/alerts/:alert/acknowledge': {
    kind: 'staff',
    make: ({ alert }) => at(`/v1/operator/alerts/${alert}/acknowledge`, {}),
    own: '200',
    other: '404 alert-unknown',
  },
  'GET /v1/operator/alerts/:alert/asker': {
    kind: 'staff',
    closedTo: 'viewer',
    make: async ({ helpAsked }) => await at(`/v1/operator/alerts/${await helpAsked()}/asker`),
    own: '200',
    other: '409 alert-not-asked',
  },
  'POST /v1/operator/alerts/:alert/settle': {
    kind: 'staff',
    make: async ({ helpAsked }) => await at(`/v1/operator/alerts/${await helpAsked()}/settle`, {}),
    own: '200',
    other: '409 alert-not-asked',
  },
}
