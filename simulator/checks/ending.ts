import type { Town } from '../people/town.ts'
import { holds } from './law.ts'
import type { Judge } from './judge.ts'

/** Whether everything has found its way already. */
export function isEnded(...given: Parameters<typeof checkEnding>): boolean {
  try {
    checkEnding(...given)
    return true
  } catch {
    return false
  }
}

/** Law 12: both sides agree, nothing waits in a queue, and nothing is stuck but what waits for somebody's look. */
export function checkEnding(
  { street, cloud }: Pick<Town, 'street' | 'cloud'>,
  judge: Pick<Judge, 'cabinet' | 'head'>,
): void {
  const head = judge.head()
  holds(12, cloud.head().seq === head, () => `the cloud stands at ${cloud.head().seq} of ${head}`)
  holds(12, street.disk.acknowledged() === head, () => `${street.disk.acknowledged()} of ${head} are acknowledged`)
  const beat = cloud.heartbeat()
  holds(12, beat?.head === head && beat.agrees === true, () => `the last heartbeat says ${JSON.stringify(beat)}`)
  const { session, compartments, doors } = judge.cabinet()
  holds(12, session === null, () => 'a session never ended')
  for (const { id, use } of compartments.values()) {
    holds(12, use !== 'held', () => `${id} is held by nobody`)
    holds(12, doors.get(id)?.pulse === null, () => `${id} waits for a pulse`)
    holds(12, doors.get(id)?.position !== 'unseen', () => `${id} is unseen`)
  }
}

/** Laws 1 and 3: everything that waited was got out, and what lies behind a door is known or waits for a look. */
export function checkCollected({ journal, street, layout }: Pick<Town, 'journal' | 'street' | 'layout'>): void {
  const { deposits, compartments } = journal()
  for (const { id, stage, compartment } of deposits.values()) {
    holds(3, stage !== 'stored', () => `nobody got ${id} out of ${compartment}`)
  }
  for (const { id, lock } of layout.compartments) {
    const { things } = street.metal.door(lock)
    const use = compartments.get(id)?.use
    holds(1, things.length === 0 || use !== 'free', () => `${things.join()} lies behind ${id}, which is called free`)
  }
}
