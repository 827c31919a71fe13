import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Measurements } from '#activities/measurements.ts';
import { RECONCILE_PARTS } from '#activities/reconcile/parts.ts';
import { REFUSALS } from '#activities/safety/refusal.ts';

/** Prometheus waits ten seconds for all figures; with the database away, the others still come. */
const COLLECT_MS = 2_000;

type Upkeep = Pick<Measurements, 'reconciled' | 'reconcileRefused' | 'ledgerAudited'>;

/**
 * What tells whether credits and rows are looked after. Every worker runs a round now and then, so counters are summed and times are
 * taken from the latest; a gauge of what was found would stay wrong on the worker that found it.
 */
export function createUpkeepMetrics(registry: Registry, oldestHoldAge: () => Promise<number>): Upkeep {
  const registers = [registry];
  const failures = new Counter({
    name: 'avatar_reconcile_failures_total',
    help: 'Rounds of the reconciler in which a part failed or refused, by part',
    labelNames: ['part'],
    registers,
  });
  const refusals = new Counter({
    name: 'avatar_reconcile_refusals_total',
    help: 'Times that a part of the reconciler acted on nothing because it saw more than can be true, by reason',
    labelNames: ['reason'],
    registers,
  });
  const reconciledAt = new Gauge({
    name: 'avatar_reconcile_last_success_timestamp_seconds',
    help: 'When a whole round of the reconciler last succeeded on this worker',
    registers,
  });
  const violations = new Counter({
    name: 'avatar_ledger_audit_violations_total',
    help: 'Violations of the ledger, each counted by every audit that found it',
    registers,
  });
  const auditFailures = new Counter({
    name: 'avatar_ledger_audit_failures_total',
    help: 'Audits of the ledger that did not come to an end',
    registers,
  });
  const auditedAt = new Gauge({
    name: 'avatar_ledger_audit_last_success_timestamp_seconds',
    help: 'When an audit of the ledger last came to an end on this worker, whatever it found',
    registers,
  });
  const holdAge: Gauge = new Gauge({
    name: 'avatar_oldest_hold_age_seconds',
    help: 'How long the oldest held credits have been held; absent while the database is away',
    registers,
    async collect() {
      const late = sleep(COLLECT_MS, undefined, { ref: false });
      const age = await Promise.race([oldestHoldAge().catch(() => undefined), late]);
      if (age === undefined) holdAge.remove();
      else holdAge.set(age);
    },
  });
  // A counter that appears with its first increase shows no increase.
  for (const part of RECONCILE_PARTS) failures.inc({ part }, 0);
  for (const reason of REFUSALS) refusals.inc({ reason }, 0);
  return {
    reconciled(counts) {
      for (const part of RECONCILE_PARTS) if (counts[part] === -1) failures.inc({ part });
      // A round that was stopped on its way is none.
      if (RECONCILE_PARTS.every((part) => (counts[part] ?? -1) >= 0)) reconciledAt.setToCurrentTime();
    },
    reconcileRefused: (reason) => refusals.inc({ reason }),
    ledgerAudited(found) {
      if (found === undefined) return auditFailures.inc();
      violations.inc(found);
      auditedAt.setToCurrentTime();
    },
  };
}
