import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { release } from '#drizzle/ledger/release.ts';
import { reserveBatch } from '#drizzle/ledger/reserve-batch.ts';
import { admitRequest } from '#drizzle/ledger/reserve.ts';
import { markBatchRefused } from '#drizzle/queries/generations/batch-progress.ts';
import { listMembers, readBatch } from '#drizzle/queries/generations/batches.ts';
import { markRefused, setPriority } from '#drizzle/queries/generations/generation-progress.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';

const DEADLINE_MS = 60_000;

/** Stands in for Temporal: admission runs on the real ledger, at most one workflow per id, and no image is generated. */
export interface LedgerWorkflows extends GenerationWorkflows {
  /** Ids of generations whose workflow runs. */
  readonly running: Set<string>;
  /** How often each generation's workflow was started. */
  readonly starts: Map<string, number>;
  /** `workers`: no admission outcome arrives. `temporal`: every call fails. */
  outage: 'none' | 'workers' | 'temporal';
  /** Outcomes returned before any real one, as a workflow that closed long ago would. */
  readonly staleOutcomes: AdmissionOutcome[];
  /** Accounts whose erasure was requested. */
  readonly erased: string[];
}

export function createLedgerWorkflows(database: Database): LedgerWorkflows {
  const admissions = new Map<string, Promise<AdmissionOutcome>>();

  async function runAdmission(id: string): Promise<AdmissionOutcome> {
    workflows.running.add(id);
    workflows.starts.set(id, (workflows.starts.get(id) ?? 0) + 1);
    const { admissionNumber = 0 } = (await readGeneration(database, id)) ?? {};
    const { outcome, pending } = await admitRequest(database, { generationId: id, deadlineMs: () => DEADLINE_MS });
    if (outcome.kind === 'refused') {
      await markRefused(database, { id, admissionNumber, refusal: outcome.refusal });
      workflows.running.delete(id);
      return { ...outcome, admissionNumber };
    }
    if (outcome.kind === 'settled') workflows.running.delete(id);
    return outcome.kind === 'admitted' && pending ? { kind: 'admitted', pending } : outcome;
  }

  async function runBatchAdmission(id: string): Promise<AdmissionOutcome> {
    const { admissionNumber = 0 } = (await readBatch(database, id)) ?? {};
    const outcome = await reserveBatch(database, { batchId: id, deadlineMs: DEADLINE_MS });
    if (outcome.kind === 'refused') {
      await markBatchRefused(database, { id, admissionNumber, refusal: outcome.refusal });
      return { ...outcome, admissionNumber };
    }
    if (outcome.kind === 'admitted') {
      for (const member of await listMembers(database, id)) workflows.running.add(member.id);
    }
    return outcome;
  }

  function assertAvailable(): void {
    if (workflows.outage === 'temporal') throw new TemporalUnavailable('unavailable in this test');
  }

  const workflows: LedgerWorkflows = {
    running: new Set(),
    starts: new Map(),
    outage: 'none',
    staleOutcomes: [],
    erased: [],
    async admit({ generationId, admissionNumber }) {
      if (workflows.outage !== 'none') return undefined;
      const stale = workflows.staleOutcomes.shift();
      if (stale) return stale;
      // As in Temporal, the same update id always gives the same outcome.
      const updateId = `${generationId}:${admissionNumber}`;
      const admission = admissions.get(updateId) ?? runAdmission(generationId);
      admissions.set(updateId, admission);
      return admission;
    },
    start: () => Promise.reject(new Error('only the reconciler starts without waiting')),
    async cancel(generationId, { reason, by }) {
      assertAvailable();
      if (!workflows.running.delete(generationId)) return false;
      await release(database, { generationId, status: 'cancelled', reason, by });
      return true;
    },
    async setPriority(generationId, priority) {
      assertAvailable();
      return workflows.running.has(generationId) && setPriority(database, generationId, priority);
    },
    async status(generationId) {
      assertAvailable();
      const running = workflows.running.has(generationId);
      return {
        workflowId: `generation-${generationId}`,
        runId: running ? 'run' : null,
        state: running ? 'RUNNING' : 'UNKNOWN',
        status: null,
        operatorUrl: running ? 'http://temporal.invalid/run' : null,
      };
    },
    async healthCheck() {
      assertAvailable();
    },
    erasures: {
      async start(accountId) {
        workflows.erased.push(accountId);
        return workflows.outage !== 'temporal';
      },
    },
    batches: {
      async admit({ batchId, admissionNumber }) {
        if (workflows.outage !== 'none') return undefined;
        const updateId = `${batchId}:${admissionNumber}`;
        const admission = admissions.get(updateId) ?? runBatchAdmission(batchId);
        admissions.set(updateId, admission);
        return admission;
      },
      start: () => Promise.reject(new Error('only the reconciler starts without waiting')),
      async cancel(batchId, { reason, by }) {
        assertAvailable();
        const members = (await listMembers(database, batchId)).filter(({ id }) => workflows.running.delete(id));
        for (const { id } of members) await release(database, { generationId: id, status: 'cancelled', reason, by });
        return members.length > 0;
      },
    },
  };
  return workflows;
}
