import { cancelGeneration, type CancelDeps } from '../generations/cancel.ts';
import { prioritizeGeneration, type PrioritizeDeps } from '../generations/prioritize.ts';
import type { Handler } from '../handler.ts';

/** The two things a service may say to a generation that is under way. */
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
