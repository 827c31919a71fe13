import { cancelGeneration, type CancelDeps } from '../generations/cancel.ts';
import { prioritizeGeneration, type PrioritizeDeps } from '../generations/prioritize.ts';
import type { Handler } from '../handler.ts';

/** Cancels an unfinished generation or changes its priority, on behalf of the user. */
export function signalGeneration(deps: CancelDeps & PrioritizeDeps): Handler<'signalGenerationFor'> {
  const cancel = cancelGeneration(deps);
  const prioritize = prioritizeGeneration(deps);
  return (call) => {
    const { body } = call;
    return body.type === 'cancel'
      ? cancel({ ...call, body: { reason: body.reason } })
      : prioritize({ ...call, body: { priority: body.priority } });
  };
}
