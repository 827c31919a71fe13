import { cancelGeneration, type CancelDeps } from '../generations/cancel.ts';
import { prioritiseGeneration, type PrioritiseDeps } from '../generations/prioritise.ts';
import type { Handler } from '../handler.ts';

/** The two things a service may say to a generation that is under way. */
export function signalGeneration(deps: CancelDeps & PrioritiseDeps): Handler<'signalGenerationFor'> {
  const cancel = cancelGeneration(deps);
  const prioritise = prioritiseGeneration(deps);
  return (call) => {
    const { body } = call;
    return body.type === 'cancel'
      ? cancel({ ...call, body: { reason: body.reason } })
      : prioritise({ ...call, body: { priority: body.priority } });
  };
}
