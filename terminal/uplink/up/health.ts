import type { CabinetId } from '@holdfast/core/values/ids.ts'
import type { Cabinet } from '@holdfast/core/cabinet/state.ts'
import { toCanonical } from '@holdfast/wire/bytes/canonical.ts'
import type { Health } from '@holdfast/wire/cabinet/health.ts'
import { cabinetDigest } from '@holdfast/wire/journal/digest.ts'
import type { Seals } from '@holdfast/wire/seals/seals.ts'
import type { Boards } from '../../boards/boards.ts'
import type { Journal } from '../../journal/journal.ts'
import type { JournalHealth } from '../../loop/loop.ts'
import type { Time } from '../../loop/time.ts'

/** Screen, touch and scanner, as the cabinet itself can tell. */
export type Front = Pick<Health, 'kiosk' | 'touch' | 'scanner'>

export interface HealthPorts {
  readonly cabinet: CabinetId
  readonly state: () => Cabinet
  readonly seals: Seals
  readonly journal: Journal
  readonly journalHealth: () => JournalHealth
  readonly time: Time
  readonly desired: () => number
  readonly boards: Pick<Boards, 'health'>
  readonly front: () => Front
}

/** The heartbeat's body, as things stand at the newest entry. */
export function healthBody(ports: HealthPorts): Uint8Array {
  const { cabinet, journal, seals } = ports
  const { running, wall, trusted } = ports.time.moment()
  const silent = ports.boards.health().filter(({ seen, away }) => !seen || away !== undefined)
  const health: Health = {
    v: 1,
    cabinet,
    incarnation: journal.incarnation,
    boot: journal.boot,
    running,
    wall,
    trusted,
    head: journal.head().seq,
    desired: ports.desired(),
    digest: cabinetDigest(seals, ports.state()),
    journal: ports.journalHealth(),
    ...ports.front(),
    silentLines: [...new Set(silent.map(({ line }) => line))].sort(),
  }
  return toCanonical(health)
}
