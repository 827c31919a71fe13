import { isFinal } from '#domain/generation/generation.ts';
import { releaseCancelled } from '#drizzle/ledger/release.ts';
import { markCancelRequested } from '#drizzle/queries/generations/generation-progress.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import { presentAnyway, presentOne } from './present.ts';
import type { GenerationDeps } from './read.ts';
import { visibleGeneration } from './visible-generation.ts';

export interface CancelDeps extends GenerationDeps {
  readonly workflows: Pick<GenerationWorkflows, 'cancel'>;
}

/** Who cancels, and why. */
export interface CancelInput {
  /** A code for the workflow's history; the user's own text stays in Postgres. */
  readonly code: string;
  readonly accountId: string;
  readonly by: 'user' | 'admin';
  readonly reason: string | undefined;
}

export function cancelGeneration(deps: CancelDeps): Handler<'cancelGeneration'> {
  return async ({ params, body, caller, context }) => {
    context.generationId = params.id;
    const row = await visibleGeneration(deps.database, caller, params.id);
    const { kind, accountId } = caller;
    await cancelRow(deps, row, { code: `cancelled by ${kind}`, accountId, by: 'user', reason: body?.reason });
    // The signal was sent: a failed read is no reason to report an error.
    const now = await readGeneration(deps.database, row.id).catch(() => row);
    return { status: 202, body: await presentOne(presentAnyway(deps.present), now ?? row) };
  };
}

/**
 * Signals the workflow to cancel; it returns the credits. A generation without a running workflow is settled here, by the ledger alone.
 * @throws ApiProblem conflict when it has ended; TemporalUnavailable
 */
export async function cancelRow(
  deps: Pick<CancelDeps, 'database' | 'workflows'>,
  row: Generation,
  input: CancelInput,
): Promise<void> {
  if (isFinal(row.status)) throw alreadyFinal(row);
  // The signal cancels it also without the mark, which only prevents an attempt that is about to start.
  const [marked] = await Promise.allSettled([markCancelRequested(deps.database, row.id, input.reason)]);
  if (await signalCancel(deps, row, input)) return;
  if (marked.status === 'rejected') throw marked.reason;
  await settle(deps, row, input);
}

/**
 * @returns false when no workflow runs for it
 * @throws TemporalUnavailable when it holds credits: then only its workflow can undo everything
 */
async function signalCancel(
  { workflows }: Pick<CancelDeps, 'workflows'>,
  row: Generation,
  { code, accountId }: CancelInput,
): Promise<boolean> {
  try {
    return await workflows.cancel(row.id, { reason: code, by: accountId });
  } catch (error) {
    if (row.status === 'requested' && error instanceof TemporalUnavailable) return false;
    throw error;
  }
}

async function settle(
  { database }: Pick<CancelDeps, 'database'>,
  row: Generation,
  { reason, by }: CancelInput,
): Promise<void> {
  const outcome = await releaseCancelled(database, { generationId: row.id, reason, by });
  if (outcome.kind === 'settled' && outcome.status !== 'cancelled') throw alreadyFinal(outcome);
}

function alreadyFinal({ status }: Pick<Generation, 'status'>): ApiProblem {
  return new ApiProblem('conflict', { detail: `The generation is already ${status}` });
}
