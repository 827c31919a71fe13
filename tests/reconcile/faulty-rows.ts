import { setTimeout as sleep } from 'node:timers/promises';
import { record } from '#drizzle/ledger/record.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import { anAvatar } from '../support/database/world.ts';
import type { StudioOptions } from '../support/studio.ts';

/** Rows whose next step fails in the reconciler: in Postgres, or at Temporal. */
export interface FaultyRows extends Required<Pick<StudioOptions, 'wrapDatabase' | 'wrapWorkflows'>> {
  /** Generations whose row can't be released. */
  readonly unreleasable: Set<string>;
  /** Generations that are captured right before their release, with the account. */
  readonly captured: Map<string, string>;
  /** Generations whose workflow can't be started. */
  readonly unanswering: Set<string>;
  /** Generations for whose state Temporal takes `slowMs`. */
  readonly slow: Set<string>;
  /** Generations whose admission takes `slowMs`. */
  readonly slowlyAdmitted: Set<string>;
  /** For an attempt, the one that stores the same external id right before it. */
  readonly claimants: Map<string, string>;
  clear(): void;
}

export function createFaultyRows(slowMs: number): FaultyRows {
  const [unreleasable, unanswering] = [new Set<string>(), new Set<string>()];
  const [slow, slowlyAdmitted] = [new Set<string>(), new Set<string>()];
  const [captured, claimants] = [new Map<string, string>(), new Map<string, string>()];
  return {
    unreleasable,
    captured,
    unanswering,
    slow,
    slowlyAdmitted,
    claimants,
    clear() {
      for (const rows of [unreleasable, captured, unanswering, slow, slowlyAdmitted, claimants]) rows.clear();
    },
    wrapDatabase: (real) => ({
      ...real,
      async call(name, text, values) {
        const id = String(values[0]);
        if (name === 'ledger.release' && unreleasable.has(id)) throw new Error('this row is broken');
        if (name === 'ledger.reserve' && slowlyAdmitted.has(id)) await sleep(slowMs);
        const account = name === 'ledger.release' ? captured.get(id) : undefined;
        if (account !== undefined) await record(real, id, anAvatar(account));
        const claimant = name === 'attempts.storeExternalId' ? claimants.get(id) : undefined;
        if (claimant !== undefined) await real.call(name, text, [claimant, ...values.slice(1)]);
        return real.call(name, text, values);
      },
    }),
    wrapWorkflows: (control) => ({
      ...control,
      async start(start) {
        if (!unanswering.has(start.generationId)) return control.start(start);
        await sleep(1_000);
        throw new TemporalUnavailable('no answer in this test');
      },
      stateOf: (id) => (slow.has(id) ? sleep(slowMs).then(() => 'running') : control.stateOf(id)),
    }),
  };
}
