import { createGeneration, type CreateDeps } from '../generations/create.ts';
import type { Handler } from '../handler.ts';

/** Creates the generation as the user's own request would, so an idempotency key has one meaning on both routes. */
export function createGenerationFor(deps: CreateDeps): Handler<'createGenerationFor'> {
  const create = createGeneration(deps);
  return (call) => {
    const { projectId, ...body } = call.body;
    return create({ ...call, params: { id: projectId }, body });
  };
}
