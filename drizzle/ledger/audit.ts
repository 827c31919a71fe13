import type { Database } from '../connection/database.ts';

/** Something that must never be; drizzle/migrations/0006_ledger-audit.sql says what each name means. */
export interface Violation {
  readonly violation: string;
  /** Account, generation, avatar, by the kind of violation. */
  readonly id: string;
}

/** Violations of the ledger's rules: none, ever. Reads every transfer, so it is for schedules and tests. */
export async function audit(database: Database, limit = Number.MAX_SAFE_INTEGER): Promise<Violation[]> {
  return database.call<Violation>('ledger.audit', 'SELECT violation, id FROM ledger_audit LIMIT $1', [limit]);
}

/** How long the oldest credits have been held, seconds; 0 while none are. A look at what is unfinished, no more. */
export async function oldestHoldAgeSeconds(database: Database): Promise<number> {
  const [row] = await database.callOnce<{ age: number | null }>(
    'ledger.oldestHold',
    `SELECT extract(epoch FROM now() - min(r.created_at))::float8 AS age FROM avatar_generations g
       JOIN credit_transfers r ON r.generation_id = g.id AND r.kind = 'reserve' WHERE g.status IN ('pending', 'processing')`,
    [],
  );
  return Math.max(0, row?.age ?? 0);
}
