import { cancelGeneration, type CancelDeps } from '../generations/cancel.ts';
import { setGenerationPriority, type SetPriorityDeps } from '../generations/set-priority.ts';
import type { Handler } from '../handler.ts';

/** Cancels an unfinished generation or changes its priority, on behalf of the user. */
export function signalGeneration(deps: CancelDeps & SetPriorityDeps): Handler<'signalGenerationFor'> {
  const cancel = cancelGeneration(deps);
  const setPriority = setGenerationPriority(deps);
  return (call) => {
    const { body } = call;
    return body.type === 'cancel'
      ? cancel({ ...call, body: { reason: body.reason } })
      : setPriority({ ...call, body: { priority: body.priority } });
  };
}
