import type { AdmissionOutcome, PendingSince } from '#domain/generation/admission.ts';
import type { AdmissionRefusal } from '#domain/generation/failure.ts';
import { refusalWindow, secondsToWindowEnd } from '#domain/generation/limit-window.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { markAccepted, markRefused } from '#drizzle/queries/generations/generation-progress.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import type { ApiMetrics } from '../metrics.ts';
import { ApiProblem } from '../problem.ts';
import type { LateAcceptances } from './late-acceptances.ts';

/** Some of the unfinished ones will have ended by then. */
const TOO_MANY_PENDING_RETRY_SECONDS = 30;
/** The first outcome may be that of an older admission; the second one can't be. */
const ADMISSION_ATTEMPTS = 2;

export interface AdmitDeps {
  readonly database: Database;
  readonly workflows: Pick<GenerationWorkflows, 'admit'>;
  readonly metrics: Pick<ApiMetrics, 'starts' | 'admissionDuration'>;
  readonly lateAcceptances: LateAcceptances;
}

/**
 * Has the workflow decide about the admission of a stored request, and waits for the outcome. From then on credits may be held, so only
 * a refusal is an error: when the row can't be read again or marked, the given row is returned.
 * @returns the row as it is afterwards: pending or further; still `requested`, and marked accepted, when no outcome came in time
 * @throws ApiProblem insufficient_credits, daily_limit, hourly_limit, too_many_pending
 */
export async function admit(deps: AdmitDeps, input: Generation): Promise<Generation> {
  const { database, workflows, metrics } = deps;
  const startedAt = performance.now();
  const admission = await requestAdmission({ database, workflows }, input);
  const outcome = admission?.kind ?? 'accepted';
  metrics.starts.inc({ outcome });
  metrics.admissionDuration.observe({ outcome }, (performance.now() - startedAt) / 1000);
  if (admission?.kind === 'refused') throw await refusalProblem(database, input, admission.refusal);
  const row = admission ? await rowAfter(database, input, admission) : await accept(deps, input);
  if (!row) throw new Error('The generation was deleted while it was being admitted');
  return row;
}

/** The row as admission left it: from the outcome, or read again where that does not tell. */
function rowAfter(
  database: Database,
  input: Generation,
  admission: Exclude<AdmissionOutcome, { kind: 'refused' }>,
): Promise<Generation | undefined> | Generation {
  if (admission.kind === 'admitted' && admission.pending) return pendingRow(input, admission.pending);
  return readGeneration(database, input.id).catch(() => input);
}

function pendingRow(input: Generation, { version, pendingAt, deadlineAt }: PendingSince): Generation {
  const at = new Date(pendingAt);
  const times = { pendingAt: at, updatedAt: at, deadlineAt: new Date(deadlineAt) };
  return { ...input, status: 'pending', stage: 'queued', refusal: null, version, ...times };
}

/**
 * Has a request admitted that is not admitted yet. A refusal does not stick to its Idempotency-Key: a replay is submitted again.
 * @throws ApiProblem insufficient_credits, daily_limit, hourly_limit, too_many_pending
 */
export async function admitIfRequested(deps: AdmitDeps, generation: Generation): Promise<Generation> {
  if (generation.status === 'requested') return admit(deps, generation);
  deps.metrics.starts.inc({ outcome: 'replayed' });
  return generation;
}

async function accept({ database, lateAcceptances }: AdmitDeps, input: Generation): Promise<Generation | undefined> {
  const mark = () => markAccepted(database, input.id);
  return mark().catch((error: unknown) => {
    lateAcceptances.add(input.id, mark, error);
    return input;
  });
}

/**
 * A refusal counts only for the current admission, after which the row has the next number. The outcome of an older admission (of a
 * workflow that was closing, or one whose refused row was deleted since) is followed by one more attempt with the next number.
 */
async function requestAdmission(
  { database, workflows }: Pick<AdmitDeps, 'database' | 'workflows'>,
  input: Generation,
): Promise<AdmissionOutcome | undefined> {
  let { admissionNumber } = input;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await workflows.admit({ ...admissionInput(input), admissionNumber });
    if (outcome?.kind !== 'refused' || attempt === ADMISSION_ATTEMPTS) return outcome;
    const now = (await readGeneration(database, input.id))?.admissionNumber ?? admissionNumber;
    if (outcome.admissionNumber === admissionNumber && now > admissionNumber) return outcome;
    const { refusal } = outcome;
    const next = now > admissionNumber ? now : await markRefused(database, { id: input.id, admissionNumber, refusal });
    admissionNumber = next ?? admissionNumber;
  }
}

function admissionInput(input: Generation) {
  const { id, createdAt, accountId, projectId, tier, sourceType, priority } = input;
  if (projectId === null) throw new ApiProblem('conflict', { detail: 'The project was deleted' });
  return { generationId: id, createdAt, accountId, projectId, tier, sourceType, priority };
}

/**
 * The problem that the caller gets.
 * @param input its `price` is the total of the request, in credits
 */
export async function refusalProblem(
  database: Database,
  input: Pick<Generation, 'accountId' | 'price'>,
  refusal: AdmissionRefusal,
): Promise<ApiProblem> {
  const limitWindow = refusalWindow(refusal);
  if (limitWindow !== null) {
    return new ApiProblem(refusal, { retryAfterSeconds: secondsToWindowEnd(limitWindow, new Date()) });
  }
  if (refusal === 'too_many_pending') {
    return new ApiProblem(refusal, { retryAfterSeconds: TOO_MANY_PENDING_RETRY_SECONDS });
  }
  const account = await readAccount(database, input.accountId);
  const available = account?.available ?? 0;
  return new ApiProblem(refusal, {
    detail: `This costs ${input.price} credits, and ${available} are available`,
    required: input.price,
    available,
  });
}
