import { at, type Row } from './routes.row.testing.ts'

/** What waits for a person. Late in the table: something must have been delivered before it can have failed. */
export const undeliveredRows: Readonly<Record<string, Row>> = {
  'GET /v1/operator/undelivered': {
    kind: 'staff',
    make: () => at('/v1/operator/undelivered'),
    own: '200',
    other: '200',
  },
  'POST /v1/operator/undelivered/:id/retry': {
    kind: 'staff',
    make: async ({ undelivered }) => await at(`/v1/operator/undelivered/${await undelivered()}/retry`),
    own: '202',
    other: '404 not-undelivered',
  },
  'POST /v1/operator/undelivered/retry-all': {
    kind: 'staff',
    make: () => at('/v1/operator/undelivered/retry-all'),
    own: '200',
    other: '200',
  },
  'POST /v1/operator/undelivered/:id/clear': {
    kind: 'staff',
    make: async ({ undelivered }) =>
      await at(`/v1/operator/undelivered/${await undelivered()}/clear`, { reason: 'she was rung up' }),
    own: '202',
    other: '404 not-undelivered',
  },
}
