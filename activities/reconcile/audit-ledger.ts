import type { Logger } from 'pino';
import type { Database } from '#drizzle/connection/database.ts';
import { audit } from '#drizzle/ledger/audit.ts';
import type { Measurements } from '../measurements.ts';

export interface AuditLedgerDeps {
  /** One whose statements may take as long as reading the whole ledger does. */
  readonly auditDatabase: Database;
  readonly measurements: Pick<Measurements, 'ledgerAudited'>;
  readonly log: Logger;
}

/** Violations that are looked for: one is enough to look, a thousand say no more. */
const FOUND_MAX = 1_000;
/** Violations of one audit that are named in the log. */
const NAMED_MAX = 20;

/** Looks for what must never be in the ledger and reports it. Changes nothing. @returns how many violations there are, up to a bound */
export function createAuditLedger({ auditDatabase, measurements, log }: AuditLedgerDeps) {
  return async function auditLedger(): Promise<number> {
    try {
      const violations = await audit(auditDatabase, FOUND_MAX);
      measurements.ledgerAudited(violations.length);
      if (violations.length > 0) {
        log.error({ found: violations.length, violations: violations.slice(0, NAMED_MAX) }, 'the ledger is violated');
      }
      return violations.length;
    } catch (error) {
      measurements.ledgerAudited(undefined);
      throw error;
    }
  };
}
