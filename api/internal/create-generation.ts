import { createGeneration, type CreateDeps } from '../generations/create.ts';
import type { Handler } from '../handler.ts';

/** The same as a user's own order, so a key means one thing however it comes in. */
export function createGenerationFor(deps: CreateDeps): Handler<'createGenerationFor'> {
  const create = createGeneration(deps);
  return (call) => {
    const { projectId, ...body } = call.body;
    return create({ ...call, params: { id: projectId }, body });
  };
}
