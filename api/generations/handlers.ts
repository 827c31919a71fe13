import type { generationsRoutes } from '#contract/routes/generations.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { readQueue } from '../queue/read.ts';
import { readGeneration as readRow } from '#drizzle/queries/generations/generations.ts';
import { audited } from '../admin/audited.ts';
import type { Caller } from '../request-context.ts';
import { cancelGeneration } from './cancel.ts';
import { createGeneration } from './create.ts';
import { listGenerations } from './list.ts';
import { setGenerationPriority } from './set-priority.ts';
import { readGeneration } from './read.ts';
import { retryGeneration } from './retry.ts';
import { readGenerationWorkflow } from './read-workflow.ts';

export function generationHandlers(deps: HandlersDeps): HandlersOf<typeof generationsRoutes> {
  /** An admin's call for a generation that is not their own. */
  const isOfAnother = async ({ params, caller }: { params: { id: string }; caller: Caller }) =>
    caller.role === 'admin' && (await readRow(deps.database, params.id))?.accountId !== caller.accountId;
  return {
    createGeneration: createGeneration(deps),
    listGenerations: listGenerations(deps),
    readGeneration: readGeneration(deps),
    readGenerationWorkflow: audited<'readGenerationWorkflow'>(
      deps,
      { act: 'generation.read', target: ({ params }) => params.id, when: isOfAnother },
      readGenerationWorkflow(deps),
    ),
    cancelGeneration: cancelGeneration(deps),
    setGenerationPriority: audited<'setGenerationPriority'>(
      deps,
      { act: 'generation.prioritize', target: ({ params }) => params.id, when: isOfAnother },
      setGenerationPriority(deps),
    ),
    retryGeneration: retryGeneration(deps),
    readQueue: readQueue(deps),
  };
}
