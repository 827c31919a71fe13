import type { Reconciler } from '#temporal/client/reconciler.ts';
import type { Handler } from '../handler.ts';

/** One round that is already running is enough: the Schedule never runs two at once. */
export function triggerReconcile({ reconciler }: { readonly reconciler: Reconciler }): Handler<'triggerReconcile'> {
  return async () => {
    await reconciler.trigger();
    return { status: 202, body: { triggered: true } };
  };
}
