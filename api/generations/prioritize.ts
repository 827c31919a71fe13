import type { PriorityKey } from '#domain/generation/tier.ts';
import { setPriority } from '#drizzle/queries/generations/generation-progress.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { TemporalUnavailable, type GenerationWorkflows } from '#temporal/client/generation-workflows.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem } from '../problem.ts';
import type { Caller } from '../request-context.ts';
import { presentAnyway } from './present.ts';
import type { GenerationDeps } from './read.ts';
import { visibleGeneration } from './visible-generation.ts';

export interface PrioritizeDeps extends GenerationDeps {
  readonly workflows: Pick<GenerationWorkflows, 'setPriority'>;
}

/** Changes the priority of a waiting generation. Users may lower it; only services and admins may raise it. */
export function prioritizeGeneration(deps: PrioritizeDeps): Handler<'prioritizeGeneration'> {
  return async ({ params, body, caller, context }) => {
    context.generationId = params.id;
    const priority = body.priority as PriorityKey;
    const row = await visibleGeneration(deps.database, caller, params.id, { anybodys: true });
    if (priority < row.priority && !mayRaise(caller)) {
      throw new ApiProblem('forbidden', { detail: 'You can only lower the priority of your generation' });
    }
    if (row.status !== 'requested' && row.status !== 'pending') throw notWaiting();
    if (!(await signaled(deps, row, priority)) && !(await setPriority(deps.database, row.id, priority))) {
      throw notWaiting();
    }
    // The signal was sent, whether the row can be read back or not.
    const now = await readGeneration(deps.database, row.id).catch(() => row);
    const [presented] = await presentAnyway(deps.present)([now ?? row]);
    if (!presented) throw new Error('Presenting a generation gave nothing');
    return { status: 202, body: presented };
  };
}

function mayRaise({ kind, role }: Caller): boolean {
  return kind === 'service' || role === 'admin';
}

/** @throws TemporalUnavailable for one that waits in Temporal's queue */
async function signaled({ workflows }: PrioritizeDeps, row: Generation, priority: PriorityKey): Promise<boolean> {
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
