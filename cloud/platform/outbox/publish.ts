import type { Clock } from '../clock.ts'
import type { Publish } from './events.ts'

/** `published` is told once the events are committed, and not for those that are undone. */
export const createPublish =
  (clock: Pick<Clock, 'now'>, published: () => void): Publish =>
  async (tx, given) => {
    const events = 'topic' in given ? [given] : given
    if (events.length === 0) return
    tx.write(
      `insert into outbox (topic, kind, key, payload, at)
       select e->>'topic', e->>'kind', e->>'key', e->'payload', $2::bigint from jsonb_array_elements($1::jsonb) with ordinality as t (e, place)
       order by place`,
      [
        JSON.stringify(events.map(({ topic, kind, key, payload }) => ({ topic, kind, key, payload: payload ?? null }))),
        clock.now(),
      ],
    )
    tx.onCommit(published)
  }
