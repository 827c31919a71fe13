import type { AdmissionOutcome } from '#domain/generation/admission.ts';
import { markBatchAccepted, markBatchRefused } from '#drizzle/queries/generations/batch-progress.ts';
import { type Batch, listMembers, readBatch } from '#drizzle/queries/generations/batches.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { refusalProblem, type AdmitDeps } from '../generations/admit.ts';
import { ApiProblem } from '../problem.ts';

export interface AdmitBatchDeps extends Pick<AdmitDeps, 'database' | 'metrics' | 'lateAcceptances'> {
  readonly workflows: Pick<GenerationWorkflows, 'batches'>;
}

/** As for a single generation: the first outcome may be that of an older admission, the second one can't be. */
const ADMISSION_ATTEMPTS = 2;

export interface BatchWithMembers {
  readonly batch: Batch;
  readonly members: readonly Generation[];
}

/**
 * Has a batch admitted that is neither admitted nor cancelled yet. A refusal does not stick to its Idempotency-Key: a replay is
 * submitted again.
 * @returns the rows as they are afterwards
 * @throws ApiProblem insufficient_credits, daily_limit, hourly_limit, too_many_pending; nothing is held then
 */
export async function admitBatchIfRequested(
  deps: AdmitBatchDeps,
  { batch, members }: BatchWithMembers,
): Promise<BatchWithMembers> {
  if (batch.admittedAt !== null || batch.cancelledAt !== null) return { batch, members };
  const admitted = await admitBatch(deps, batch, members);
  return { batch: admitted, members: await listMembers(deps.database, admitted.id).catch(() => members) };
}

/**
 * Has the workflow decide about the admission of the whole batch, and waits for the outcome. As for a single generation, only a
 * refusal is an error.
 * @returns the row as it is afterwards; marked accepted when no outcome came in time
 * @throws ApiProblem insufficient_credits, daily_limit, hourly_limit, too_many_pending; nothing is held then
 */
async function admitBatch(deps: AdmitBatchDeps, batch: Batch, members: readonly Generation[]): Promise<Batch> {
  const { database, metrics } = deps;
  const outcome = await requestAdmission(deps, batch, members);
  metrics.starts.inc({ outcome: outcome?.kind ?? 'accepted' });
  if (outcome?.kind === 'refused') {
    const price = members.reduce((sum, member) => sum + member.price, 0);
    throw await refusalProblem(database, { accountId: batch.accountId, price }, outcome.refusal);
  }
  const row = isDecided(outcome) ? await readBatch(database, batch.id).catch(() => batch) : await accept(deps, batch);
  if (!row) throw new Error('The batch was deleted while it was being admitted');
  return row;
}

/** An admission that failed leaves the batch requested: it is accepted like one without an outcome, and the reconciler starts it again. */
function isDecided(outcome: AdmissionOutcome | undefined): boolean {
  return outcome !== undefined && !(outcome.kind === 'settled' && outcome.status === 'requested');
}

async function accept({ database, lateAcceptances }: AdmitBatchDeps, batch: Batch): Promise<Batch | undefined> {
  const mark = () => markBatchAccepted(database, batch.id);
  return mark().catch((error: unknown) => {
    lateAcceptances.add(batch.id, mark, error);
    return batch;
  });
}

async function requestAdmission(
  { database, workflows }: AdmitBatchDeps,
  batch: Batch,
  [first]: readonly Generation[],
): Promise<AdmissionOutcome | undefined> {
  const { id, createdAt, accountId, projectId } = batch;
  if (projectId === null || !first) throw new ApiProblem('conflict', { detail: 'The project was deleted' });
  const { tier, priority } = first;
  let { admissionNumber } = batch;
  for (let attempt = 1; ; attempt += 1) {
    const start = { batchId: id, createdAt, accountId, projectId, tier, priority, admissionNumber };
    const outcome = await workflows.batches.admit(start);
    if (outcome?.kind !== 'refused' || attempt === ADMISSION_ATTEMPTS) return outcome;
    const now = (await readBatch(database, id))?.admissionNumber ?? admissionNumber;
    if (outcome.admissionNumber === admissionNumber && now > admissionNumber) return outcome;
    const { refusal } = outcome;
    const next = now > admissionNumber ? now : await markBatchRefused(database, { id, admissionNumber, refusal });
    admissionNumber = next ?? admissionNumber;
  }
}
