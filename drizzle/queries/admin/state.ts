import type { Tier } from '#domain/generation/tier.ts';
import type { Database } from '../../connection/database.ts';

/** Bytes in the bucket, without tombstones, by the tier of their account. Scans an index: about 0.2 s for half a million objects. */
export async function storageByTier(database: Database): Promise<Partial<Record<Tier, number>>> {
  const rows = await database.call<{ tier: Tier; bytes: number }>(
    'state.storage',
    `SELECT a.tier, sum(o.bytes)::float8 AS bytes
       FROM (SELECT account_id, sum(bytes) AS bytes FROM stored_objects WHERE bytes > 0 GROUP BY account_id) o
       JOIN accounts a ON a.id = o.account_id GROUP BY a.tier`,
    [],
  );
  return Object.fromEntries(rows.map(({ tier, bytes }) => [tier, bytes]));
}

/** Credits that are held for unfinished generations, and the size of the database. */
export async function readTotals(database: Database): Promise<{ heldCredits: number; databaseBytes: number }> {
  const [row] = await database.call<{ heldCredits: number; databaseBytes: number }>(
    'state.totals',
    `SELECT (SELECT coalesce(sum(r.amount), 0)::float8 FROM avatar_generations g
         JOIN credit_transfers r ON r.generation_id = g.id AND r.kind = 'reserve' WHERE g.status IN ('pending', 'processing')) AS "heldCredits",
       pg_database_size(current_database())::float8 AS "databaseBytes"`,
    [],
  );
  return row ?? { heldCredits: 0, databaseBytes: 0 };
}
