import type { Registration } from './figure.ts'

/** Every figure of `npm run bench`, in the order in which they run. An explicit list: nothing is discovered. */
export const registry: readonly Registration[] = [
  { names: ['start-up'], load: () => import('./figures/start-up.ts') },
  {
    names: ['unlock-latency', 'unlock-latency-p95', 'answer-latency', 'burst-24'],
    load: () => import('./figures/doors.ts'),
  },
  { names: ['cycles-1', 'cycles-8', 'cycles-32'], load: () => import('./figures/cycles.ts') },
  { names: ['ingest'], load: () => import('./figures/fleet/ingest.ts') },
  { names: ['load-lag', 'load-storm'], load: () => import('./figures/fleet/load.ts') },
  { names: ['link-latency'], load: () => import('./figures/link/latency.ts'), longOnly: true },
  { names: ['quiet-bytes', 'busy-bytes'], load: () => import('./figures/link/bytes.ts'), longOnly: true },
  { names: ['power-back', 'power-back-kiosk'], load: () => import('./figures/power-back.ts') },
  { names: ['courier-pace', 'courier-pace-machine'], load: () => import('./figures/courier-pace.ts'), longOnly: true },
  { names: ['code-to-unlock'], load: () => import('./figures/code-to-unlock.ts') },
  { names: ['kiosk-js', 'kiosk-key-to-paint'], load: () => import('./figures/kiosk.ts') },
  {
    names: [
      'recipient-code',
      'recipient-code-machine',
      'recipient-phone',
      'recipient-phone-machine',
      'recipient-speech',
      'recipient-speech-machine',
      'recipient-page',
      'recipient-page-bytes',
    ],
    load: () => import('./figures/recipient.ts'),
    longOnly: true,
  },
  {
    names: ['offline-day', 'offline-day-code', 'offline-day-merge'],
    load: () => import('./figures/offline/day.ts'),
    longOnly: true,
  },
  { names: ['newcomer'], load: () => import('./figures/guides/newcomer.ts'), longOnly: true },
  { names: ['first-webhook'], load: () => import('./figures/guides/first-webhook.ts') },
  {
    names: ['power-cut-terminal', 'power-cut-pglite'],
    load: () => import('./figures/power-cut.ts'),
    flag: '--power-cut',
  },
]
