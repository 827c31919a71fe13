import { Context } from '@temporalio/activity';
import { until } from '../until.ts';
import { hasHandledCancel } from './history.ts';
import type { Scenario } from './activities.ts';
import type { Ended, MockedWorkflows, Started } from './workflows.ts';

/** When the cancel arrives while a call is pending. `hanging`: the call returns only after the workflow has handled the cancel. */
const MOMENTS = ['before the effect', 'after the effect', 'hanging'] as const;
type Moment = (typeof MOMENTS)[number];

/** `user`: the signal alone, without the mark that the API writes into the row. `operator`: Temporal's own cancel, from its UI. */
export const CANCELLERS = ['user', 'operator'] as const;
type Canceller = (typeof CANCELLERS)[number];

export interface Experiment {
  readonly workflows: MockedWorkflows;
  readonly start: (around?: Scenario['around']) => Started;
  readonly violations: (ended: Ended) => string[];
  /** Calls that another test interrupts already; none by default. */
  readonly skip?: (call: string) => boolean;
}

/** A run without a cancel. */
interface Uncancelled extends Ended {
  /** The calls that changed the ledger. */
  readonly changing: ReadonlySet<string>;
}

const uncancelled = new WeakMap<Experiment, Promise<Uncancelled>>();

/** Runs the workflow without a cancel, the first time; all calls return that run. */
export function uncancelledRun(experiment: Experiment): Promise<Uncancelled> {
  const run = uncancelled.get(experiment) ?? runUncancelled(experiment);
  uncancelled.set(experiment, run);
  return run;
}

async function runUncancelled({ workflows, start }: Experiment): Promise<Uncancelled> {
  const changing = new Set<string>();
  const started: Started = start(async (call, effect) => {
    const rows = () => JSON.stringify([...started.scenario.ledger.generations]);
    const before = rows();
    return effect().finally(() => rows() !== before && changing.add(call));
  });
  return { ...(await workflows.ended(started)), changing };
}

/**
 * Runs the workflow once for each call that it makes without a cancel and each moment, cancelled at that moment.
 * @returns what went wrong, with the call and the moment; empty if every promise was fulfilled
 */
export async function cancelAtEachAwait(experiment: Experiment, by: Canceller): Promise<string[]> {
  const { scenario, changing } = await uncancelledRun(experiment);
  const runs = scenario.calls
    .filter((call) => experiment.skip?.(call) !== true)
    .flatMap((call) =>
      MOMENTS.filter((moment) => {
        // The task that runs a local activity can't see the cancel before that activity returns.
        if (moment === 'hanging') return scenario.queued.has(call);
        // Nothing distinguishes before from after where the effect is the returned value alone.
        return moment === 'before the effect' || changing.has(call);
      }).map(async (moment) => {
        const violations = await cancelDuring(call, experiment, by, moment);
        return violations.map((violation) => `${call}, ${moment}: ${violation}`);
      }),
    );
  return (await Promise.all(runs)).flat();
}

async function cancelDuring(call: string, experiment: Experiment, by: Canceller, moment: Moment): Promise<string[]> {
  let reached = false;
  const started: Started = experiment.start(async (current, effect) => {
    if (current !== call || reached) return effect();
    reached = true;
    if (moment === 'after the effect') return effect().finally(() => sendCancel(started, by));
    await sendCancel(started, by);
    if (moment === 'hanging') await cancelHandled(experiment.workflows);
    return effect();
  });
  const violations = experiment.violations(await experiment.workflows.ended(started));
  return reached ? violations : ['never called', ...violations];
}

export async function sendCancel({ handle }: Started, by: Canceller): Promise<void> {
  if (by === 'operator') {
    await handle.cancel();
    return;
  }
  await handle.signal('cancel', { reason: 'changed_mind', by: 'account-1' });
}

/** Waits until the workflow that called the current activity has completed a task since the cancel. */
async function cancelHandled({ temporal }: MockedWorkflows): Promise<void> {
  const { workflowId } = Context.current().info.workflowExecution!;
  const handle = temporal.client.workflow.getHandle(workflowId);
  await until(async () => hasHandledCancel(await handle.fetchHistory()), {
    what: `the end of the task with the cancel in ${workflowId}`,
  });
}
