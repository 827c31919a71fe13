import type { Database } from '../connection/database.ts';

/** A state that must never occur; drizzle/migrations/0006_ledger-audit.sql documents each name. */
export interface Violation {
  readonly violation: string;
  /** Id of the account, generation or avatar, depending on the violation. */
  readonly id: string;
}

/** Violations of the ledger's rules; there should be none. Reads every transfer, so it is for Schedules and tests. */
export async function audit(database: Database, limit = Number.MAX_SAFE_INTEGER): Promise<Violation[]> {
  return database.call<Violation>('ledger.audit', 'SELECT violation, id FROM ledger_audit LIMIT $1', [limit]);
}

/** Age of the oldest open hold, seconds; 0 without any. Reads unfinished generations only. */
export async function oldestHoldAgeSeconds(database: Database): Promise<number> {
  const [row] = await database.callOnce<{ age: number | null }>(
    'ledger.oldestHold',
    `SELECT extract(epoch FROM now() - min(r.created_at))::float8 AS age FROM avatar_generations g
       JOIN credit_transfers r ON r.generation_id = g.id AND r.kind = 'reserve' WHERE g.status IN ('pending', 'processing')`,
    [],
  );
  return Math.max(0, row?.age ?? 0);
}
