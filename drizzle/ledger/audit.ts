import type { Database } from '../database.ts';

/** Something that must never be; drizzle/migrations/0006_ledger-audit.sql says what each name means. */
export interface Violation {
  readonly violation: string;
  /** Account, generation, avatar, by the kind of violation. */
  readonly id: string;
}

/** All violations of the ledger's rules: none, ever. Reads every transfer, so it is for schedules and tests. */
export async function audit(database: Database): Promise<Violation[]> {
  return database.call<Violation>('ledger.audit', 'SELECT violation, id FROM ledger_audit', []);
}
