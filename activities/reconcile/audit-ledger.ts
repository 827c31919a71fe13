import type { Logger } from 'pino';
import type { Database } from '#drizzle/connection/database.ts';
import { audit } from '#drizzle/ledger/audit.ts';
import type { Measurements } from '../measurements.ts';

export interface AuditLedgerDeps {
  /** With a statement timeout that is long enough to read the whole ledger. */
  readonly auditDatabase: Database;
  readonly measurements: Pick<Measurements, 'ledgerAudited'>;
  readonly log: Logger;
}

/** One violation is enough to investigate; more than a thousand add nothing. */
const MAX_VIOLATIONS = 1_000;
/** Violations of one audit that are written to the log. */
const MAX_LOGGED = 20;

/** Reports violations of the ledger's invariants without changing anything. @returns their number, up to a limit */
export function createAuditLedger({ auditDatabase, measurements, log }: AuditLedgerDeps) {
  return async function auditLedger(): Promise<number> {
    try {
      const violations = await audit(auditDatabase, MAX_VIOLATIONS);
      measurements.ledgerAudited(violations.length);
      if (violations.length > 0) {
        log.error(
          { found: violations.length, violations: violations.slice(0, MAX_LOGGED) },
          'the ledger has violations',
        );
      }
      return violations.length;
    } catch (error) {
      measurements.ledgerAudited(undefined);
      throw error;
    }
  };
}
