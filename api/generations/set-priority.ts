import type { PriorityKey } from '#domain/generation/tier.ts';
import { setPriority } from '#drizzle/queries/generations/generation-progress.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';
import { presentAnyway, presentOne } from './present.ts';
import type { GenerationDeps } from './read.ts';
import { visibleGeneration } from './visible-generation.ts';

export interface SetPriorityDeps extends GenerationDeps {
  readonly workflows: Pick<GenerationWorkflows, 'setPriority'>;
}

/** Changes the priority of a waiting generation. Users may lower it; only services and admins may raise it. */
export function setGenerationPriority(deps: SetPriorityDeps): Handler<'setGenerationPriority'> {
  return async ({ params, body, caller, context }) => {
    context.generationId = params.id;
    const priority = body.priority as PriorityKey;
    const row = await visibleGeneration(deps.database, caller, params.id, { anyAccount: true });
    if (priority < row.priority && !mayRaise(caller)) {
      throw new ApiProblem('forbidden', { detail: 'You can only lower the priority of your generation' });
    }
    if (row.status !== 'requested' && row.status !== 'pending') throw notWaiting();
    if (!(await signalPriority(deps, row, priority)) && !(await setPriority(deps.database, row.id, priority))) {
      throw notWaiting();
    }
    // The signal was sent: a failed read is no reason to report an error.
    const now = await readGeneration(deps.database, row.id).catch(() => row);
    return { status: 202, body: await presentOne(presentAnyway(deps.present), now ?? row) };
  };
}

function mayRaise({ kind, role }: Caller): boolean {
  return kind === 'service' || role === 'admin';
}

/**
 * @returns false when no workflow runs for it
 * @throws TemporalUnavailable when it waits in Temporal's queue
 */
async function signalPriority(
  { workflows }: SetPriorityDeps,
  row: Generation,
  priority: PriorityKey,
): Promise<boolean> {
  try {
    return await workflows.setPriority(row.id, priority);
  } catch (error) {
    if (row.status === 'requested' && error instanceof TemporalUnavailable) return false;
    throw error;
  }
}

function notWaiting(): ApiProblem {
  return new ApiProblem('conflict', { detail: 'The generation is no longer waiting' });
}
