import { isFinal, type GenerationStatus } from '#domain/generation/generation.ts';
import { closedAs, stepsAfterCancel, stepsOf, wasCancelRequested, type History } from './history.ts';
import type { MockedGeneration } from './ledger.ts';
import type { Ended } from './workflows.ts';

/** The last try of an activity failed while the cancel arrived. */
const FAILED_ITSELF = 'failed: ActivityFailure';
/** Steps that only go on with a generation; after a cancel none of them may begin. */
const FORWARD_STEPS: ReadonlySet<string> = new Set(['generateImage', 'saveImage', 'recordAvatar', 'child']);
/** Steps that a workflow decides on at most once per generation, however often a lost task repeats the call. */
const ONCE = ['admit', 'recordAvatar', 'release'] as const;

/** What is wrong after a generation's workflow has closed; empty if every promise was fulfilled. */
export function violationsOfGeneration({ scenario, history, result }: Ended): string[] {
  const row = scenario.ledger.generation(scenario.generationIds[0]!);
  const steps = stepsOf(history);
  return [
    ...violationsOfRow(row, scenario.calls),
    ...check(resultsOf(row, history).includes(result), `${row.status}, but the workflow closed with ${String(result)}`),
    ...ONCE.filter((step) => steps.indexOf(step) !== steps.lastIndexOf(step)).map((step) => `${step} ran twice`),
    ...violationsOfSteps(scenario.calls, history),
  ];
}

/** What is wrong after a batch and its members have closed. */
export function violationsOfBatch(ended: Ended): string[] {
  const { scenario, history, result } = ended;
  const rows = scenario.generationIds.map((id) => scenario.ledger.generation(id));
  const counts: Record<string, number> = {};
  for (const { status } of rows) if (isFinal(status)) counts[status] = (counts[status] ?? 0) + 1;
  return [
    ...rows.flatMap((row, index) =>
      violationsOfRow(
        row,
        scenario.calls.filter((call) => call.endsWith(` of member ${index + 1}`)),
      ),
    ),
    ...check(closedAs(history) !== 'failed', 'the batch failed'),
    ...check(
      closedAs(history) !== 'completed' || JSON.stringify(sorted(counts)) === JSON.stringify(sorted(result as object)),
      `the members ended as ${JSON.stringify(counts)}, the batch says ${JSON.stringify(result)}`,
    ),
    ...violationsOfSteps(scenario.calls, history),
  ];
}

function violationsOfSteps(calls: readonly string[], history: History): string[] {
  const repeated = calls.filter((call) => call.startsWith('generateImage') && call.includes('#'));
  const late = stepsAfterCancel(history).filter((step) => FORWARD_STEPS.has(step));
  return [...repeated.map((call) => `bought twice: ${call}`), ...late.map((step) => `${step} began after the cancel`)];
}

/** What is wrong after a workflow that only repeats activities: a cancel ends it at once, and the next run goes on. */
export function violationsOfUpkeep({ history, result }: Ended): string[] {
  const closed = closedAs(history);
  return [
    ...check(closed === 'cancelled' || closed === 'completed' || result === FAILED_ITSELF, `the workflow ${closed}`),
    ...stepsAfterCancel(history).map((step) => `${step} began after the cancel`),
  ];
}

/** Charged if and only if delivered: each hold ends once, in a capture with the avatar or in a release without one. */
function violationsOfRow({ status, transfers, discarded }: MockedGeneration, calls: readonly string[]): string[] {
  const expected = { completed: 'reserve,capture', requested: '' } as Partial<Record<GenerationStatus, string>>;
  const made = transfers.join(',');
  const held = made !== '';
  const ended = isFinal(status) || !held;
  const written = calls.some((call) => call.startsWith('generateImage') || call.startsWith('saveImage'));
  return [
    ...check(ended, `still ${status} after the end`),
    ...check(
      !ended || made === (expected[status] ?? (held ? 'reserve,release' : '')),
      `${status} with ${made || 'no hold'}`,
    ),
    ...check(!written || status === 'completed' || discarded, `${status}, but its objects remain`),
  ];
}

/** After Temporal's own cancel a workflow closes as cancelled, unless its avatar is delivered or it had failed before. */
function resultsOf({ status, failure }: MockedGeneration, history: History): unknown[] {
  const byTemporal = wasCancelRequested(history);
  if (status === 'completed') return ['completed'];
  if (status === 'cancelled') return [byTemporal ? 'closed as cancelled' : 'cancelled'];
  if (status === 'requested') return ['refused'];
  return ['failed', `failed: ${failure}`, byTemporal ? 'closed as cancelled' : 'failed: CancelledFailure'];
}

function check(holds: boolean | undefined, violation: string): string[] {
  return holds ? [] : [violation];
}

function sorted(counts: object): [string, unknown][] {
  return Object.entries(counts).toSorted(([a], [b]) => a.localeCompare(b));
}
