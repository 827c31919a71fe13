import { isFinal } from '../../domain/generation.ts';
import { release } from '../../drizzle/ledger/release.ts';
import { markCancelRequested } from '../../drizzle/queries/generation-progress.ts';
import type { Generation } from '../../drizzle/queries/generation-row.ts';
import { readGeneration } from '../../drizzle/queries/generations.ts';
import { TemporalUnavailable, type GenerationWorkflows } from '../../temporal/generation-workflows.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';
import type { GenerationDeps } from './read.ts';
import { visibleGeneration } from './visible.ts';

export interface CancelDeps extends GenerationDeps {
  readonly workflows: Pick<GenerationWorkflows, 'cancel'>;
}

/**
 * Asks the workflow to stop; it gives the credits back. One that no workflow runs for is settled here, by the ledger alone.
 * The person's own words stay in Postgres: what the workflow is told becomes part of its history.
 */
export function cancelGeneration(deps: CancelDeps): Handler<'cancelGeneration'> {
  return async ({ params, body, caller, context }) => {
    context.generationId = params.id;
    const row = await visibleGeneration(deps.database, caller, params.id);
    if (isFinal(row.status)) throw alreadyFinal(row);
    await markCancelRequested(deps.database, row.id, body?.reason);
    if (!(await signalled(deps, caller, row))) await settle(deps, row, body?.reason);
    const [presented] = await deps.present([(await readGeneration(deps.database, row.id)) ?? row]);
    if (!presented) throw new Error('Presenting a generation gave nothing');
    return { status: 202, body: presented };
  };
}

/** @throws TemporalUnavailable for one that holds credits: only its workflow knows what else to undo */
async function signalled({ workflows }: CancelDeps, caller: Caller, row: Generation): Promise<boolean> {
  try {
    return await workflows.cancel(row.id, { reason: `cancelled by ${caller.kind}`, by: caller.accountId });
  } catch (error) {
    if (row.status === 'requested' && error instanceof TemporalUnavailable) return false;
    throw error;
  }
}

async function settle({ database }: CancelDeps, row: Generation, reason: string | undefined): Promise<void> {
  const verdict = await release(database, { generationId: row.id, status: 'cancelled', reason, by: 'user' });
  if (verdict.kind === 'settled' && verdict.status !== 'cancelled') throw alreadyFinal(verdict);
}

function alreadyFinal({ status }: Pick<Generation, 'status'>): ApiProblem {
  return new ApiProblem('conflict', { detail: `It is ${status} already` });
}
