import { setTimeout as sleep } from 'node:timers/promises';
import { record } from '#drizzle/ledger/record.ts';
import { anAvatar } from '../support/database/world.ts';
import type { StudioOptions } from '../support/studio.ts';

/** Rows whose next step fails in the reconciler: in Postgres, or at Temporal. */
export interface FaultyRows extends Required<Pick<StudioOptions, 'wrapDatabase' | 'wrapWorkflows'>> {
  /** Generations whose row can't be released. */
  readonly unreleasable: Set<string>;
  /** Generations that are captured right before their release, with the account. */
  readonly captured: Map<string, string>;
  /** Generations and batches whose workflow does not answer. */
  readonly unanswering: Set<string>;
  /** Generations for whose state Temporal takes `slowMs`. */
  readonly slow: Set<string>;
  /** For an attempt, the one that stores the same external id right before it. */
  readonly claimants: Map<string, string>;
  clear(): void;
}

export function createFaultyRows(slowMs: number): FaultyRows {
  const [unreleasable, unanswering, slow] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [captured, claimants] = [new Map<string, string>(), new Map<string, string>()];
  return {
    unreleasable,
    captured,
    unanswering,
    slow,
    claimants,
    clear() {
      for (const rows of [unreleasable, captured, unanswering, slow, claimants]) rows.clear();
    },
    wrapDatabase: (real) => ({
      ...real,
      async call(name, text, values) {
        const id = String(values[0]);
        if (name === 'ledger.release' && unreleasable.has(id)) throw new Error('this row is broken');
        const account = name === 'ledger.release' ? captured.get(id) : undefined;
        if (account !== undefined) await record(real, id, anAvatar(account));
        const claimant = name === 'attempts.storeExternalId' ? claimants.get(id) : undefined;
        if (claimant !== undefined) await real.call(name, text, [claimant, ...values.slice(1)]);
        return real.call(name, text, values);
      },
    }),
    wrapWorkflows: (control) => ({
      ...control,
      admit: (start) =>
        unanswering.has(start.generationId) ? sleep(1_000).then(() => undefined) : control.admit(start),
      admitBatch: (start) => (unanswering.has(start.batchId) ? Promise.resolve(undefined) : control.admitBatch(start)),
      stateOf: (id) => (slow.has(id) ? sleep(slowMs).then(() => 'running') : control.stateOf(id)),
    }),
  };
}
