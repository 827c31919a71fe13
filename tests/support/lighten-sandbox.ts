import vm from 'node:vm';
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared.js';

/**
 * Removes what costs most of a workflow task's time in this process and no test uses. Call it before workers are created, and only
 * where TEMPORAL_DEBUG runs workflows in the thread of everything else.
 */
export function lightenSandbox(): void {
  ignoreTimeLimits();
  // For the query `__stack_trace`, the SDK records a stack trace for each promise of a workflow; it looks at every promise of the
  // thread to find them.
  Object.assign(globalHandlers, { setPromiseHook: () => undefined });
}

/** For each call into a sandbox with a time limit, Node starts and ends a thread. The limit is 49 days here. */
function ignoreTimeLimits(): void {
  const { runInContext } = vm.Script.prototype;
  vm.Script.prototype.runInContext = function run(context, options) {
    const { timeout: _, ...others } = options ?? {};
    return runInContext.call(this, context, others);
  };
}
