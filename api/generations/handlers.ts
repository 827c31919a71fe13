import type { generationsRoutes } from '#contract/routes/generations.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { readQueue } from '../queue/read.ts';
import { cancelGeneration } from './cancel.ts';
import { createGeneration } from './create.ts';
import { listGenerations } from './list.ts';
import { setGenerationPriority } from './set-priority.ts';
import { readGeneration } from './read.ts';
import { retryGeneration } from './retry.ts';
import { readGenerationWorkflow } from './read-workflow.ts';

export function generationHandlers(deps: HandlersDeps): HandlersOf<typeof generationsRoutes> {
  return {
    createGeneration: createGeneration(deps),
    listGenerations: listGenerations(deps),
    readGeneration: readGeneration(deps),
    readGenerationWorkflow: readGenerationWorkflow(deps),
    cancelGeneration: cancelGeneration(deps),
    setGenerationPriority: setGenerationPriority(deps),
    retryGeneration: retryGeneration(deps),
    readQueue: readQueue(deps),
  };
}
