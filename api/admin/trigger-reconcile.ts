import type { Reconciler } from '#temporal/client/reconciler.ts';
import type { Handler } from '../handler.ts';

/** Starts a reconciler run now; if one is already running, the Schedule skips this one. */
export function triggerReconcile({ reconciler }: { readonly reconciler: Reconciler }): Handler<'triggerReconcile'> {
  return async () => {
    await reconciler.trigger();
    return { status: 202, body: { triggered: true } };
  };
}
