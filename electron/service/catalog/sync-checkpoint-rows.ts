import type { SyncCheckpoints } from '../lan/sync-checkpoints.ts';

import type { CatalogWriter } from './open-catalog.ts';

/** Sessions that asked for nothing the longest are forgotten: their apps begin anew. */
const MAX_SESSIONS = 200;

/** Keeps them in the catalog: what they count is the catalog's own, and another one makes them void. */
export function syncCheckpointsIn(catalog: CatalogWriter): SyncCheckpoints {
  return {
    of: (sessionId) =>
      new Map(
        catalog
          .all<{ type: string; ack: string }>(
            'SELECT type, ack FROM sync_checkpoints WHERE session_id = ?',
            sessionId,
          )
          .map(({ type, ack }) => [type, ack]),
      ),
    set: (sessionId, acks) => {
      catalog.transaction(() => {
        const number = catalog.get<{ next: number }>(
          'SELECT coalesce(max(number), 0) + 1 AS next FROM sync_checkpoints',
        );
        for (const [type, ack] of acks) {
          catalog.run(
            `INSERT INTO sync_checkpoints (session_id, type, ack, number) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET ack = excluded.ack, number = excluded.number`,
            sessionId,
            type,
            ack,
            number?.next ?? 1,
          );
        }
        catalog.run(
          `DELETE FROM sync_checkpoints WHERE session_id NOT IN (
             SELECT session_id FROM sync_checkpoints GROUP BY session_id ORDER BY max(number) DESC LIMIT ?)`,
          MAX_SESSIONS,
        );
      });
    },
    clear: (sessionId, types) => {
      if (types === undefined) {
        catalog.run('DELETE FROM sync_checkpoints WHERE session_id = ?', sessionId);
        return;
      }
      for (const type of types) {
        catalog.run(
          'DELETE FROM sync_checkpoints WHERE session_id = ? AND type = ?',
          sessionId,
          type,
        );
      }
    },
  };
}
