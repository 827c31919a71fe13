import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, type Registry } from 'prom-client';
import { INVENTORY_FINDINGS, type Measurements } from '#activities/measurements.ts';
import { RECORD_KINDS } from '#domain/configuration/retention.ts';
import { RECONCILE_PARTS } from '#activities/reconcile/parts.ts';
import { SAFETY_REASONS } from '#activities/safety/reconcile-refused.ts';

/** Prometheus' scrape timeout is ten seconds; when the database is unavailable, the other metrics must still be served. */
const COLLECT_MS = 2_000;

type Upkeep = Pick<
  Measurements,
  | 'reconciled'
  | 'reconcileRowsFailed'
  | 'reconcileRefused'
  | 'inventoryFound'
  | 'inventoryEnded'
  | 'recordsExpired'
  | 'ledgerAudited'
>;

/**
 * Metrics of the reconciler and the ledger audit. Rounds run on any worker, so alerts sum counters and use the latest timestamp; a gauge
 * of violations would stay wrong on the worker that found them.
 */
export function createUpkeepMetrics(registry: Registry, oldestHoldAge: () => Promise<number>): Upkeep {
  const registers = [registry];
  const failures = new Counter({
    name: 'avatar_reconcile_failures_total',
    help: 'Rounds of the reconciler in which a part failed or refused, by part',
    labelNames: ['part'],
    registers,
  });
  const failedRows = new Counter({
    name: 'avatar_reconcile_row_failures_total',
    help: 'Rows that the reconciler could not handle, each counted by every round, by part',
    labelNames: ['part'],
    registers,
  });
  const refusals = new Counter({
    name: 'avatar_reconcile_refusals_total',
    help: 'Rounds in which a part of the reconciler did nothing because it found implausibly many rows, by reason',
    labelNames: ['reason'],
    registers,
  });
  const reconciledAt = new Gauge({
    name: 'avatar_reconcile_last_success_timestamp_seconds',
    help: 'When a whole round of the reconciler last succeeded on this worker',
    registers,
  });
  const inventory = new Counter({
    name: 'avatar_inventory_objects_total',
    help: 'Objects that the inventories of the bucket found or changed, by finding',
    labelNames: ['finding'],
    registers,
  });
  const inventoriedAt = new Gauge({
    name: 'avatar_inventory_last_success_timestamp_seconds',
    help: 'When an inventory of the whole bucket last ended on this worker',
    registers,
  });
  const expired = new Counter({
    name: 'avatar_expired_records_total',
    help: 'Records that were deleted by age, by kind',
    labelNames: ['kind'],
    registers,
  });
  const expiredAt = new Gauge({
    name: 'avatar_expired_records_last_success_timestamp_seconds',
    help: 'When this worker last deleted the old records of a kind, or found none',
    labelNames: ['kind'],
    registers,
  });
  const violations = new Counter({
    name: 'avatar_ledger_audit_violations_total',
    help: 'Violations of the ledger, each counted by every audit that found it',
    registers,
  });
  const auditFailures = new Counter({
    name: 'avatar_ledger_audit_failures_total',
    help: 'Audits of the ledger that did not finish',
    registers,
  });
  const auditedAt = new Gauge({
    name: 'avatar_ledger_audit_last_success_timestamp_seconds',
    help: 'When an audit of the ledger last finished on this worker, whatever it found',
    registers,
  });
  const holdAge: Gauge = new Gauge({
    name: 'avatar_oldest_hold_age_seconds',
    help: 'Age of the oldest open hold; absent while the database is unavailable',
    registers,
    async collect() {
      const timeout = sleep(COLLECT_MS, undefined, { ref: false });
      const age = await Promise.race([oldestHoldAge().catch(() => undefined), timeout]);
      if (age === undefined) holdAge.remove();
      else holdAge.set(age);
    },
  });
  // Initialize counters: Prometheus sees no increase in a counter that appears with its first increment.
  for (const part of RECONCILE_PARTS) {
    failures.inc({ part }, 0);
    failedRows.inc({ part }, 0);
  }
  for (const reason of SAFETY_REASONS) refusals.inc({ reason }, 0);
  for (const kind of RECORD_KINDS) expired.inc({ kind }, 0);
  for (const finding of INVENTORY_FINDINGS) inventory.inc({ finding }, 0);
  return {
    reconciled(counts) {
      for (const part of RECONCILE_PARTS) if (counts[part] === -1) failures.inc({ part });
      // An interrupted round does not count as a success.
      if (RECONCILE_PARTS.every((part) => (counts[part] ?? -1) >= 0)) reconciledAt.setToCurrentTime();
    },
    reconcileRowsFailed: (part, count) => failedRows.inc({ part }, count),
    reconcileRefused: (reason) => refusals.inc({ reason }),
    inventoryFound: (finding, count) => inventory.inc({ finding }, count),
    inventoryEnded: () => inventoriedAt.setToCurrentTime(),
    recordsExpired(kind, count) {
      expired.inc({ kind }, count);
      expiredAt.setToCurrentTime({ kind });
    },
    ledgerAudited(found) {
      if (found === undefined) return auditFailures.inc();
      violations.inc(found);
      auditedAt.setToCurrentTime();
    },
  };
}
