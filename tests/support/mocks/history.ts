import type proto from '@temporalio/proto';

export type History = proto.temporal.api.history.v1.IHistory;
type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

/** The marker of a local activity. Its details contain the activity's type as JSON. */
const LOCAL_ACTIVITY_MARKER = 'core_local_activity';

/** What a workflow awaited or started, in order: names of activities, `timer`, `child` and `signal`. */
export function stepsOf(history: History): string[] {
  return eventsOf(history).flatMap((event) => stepOf(event) ?? []);
}

/** The steps that the workflow began although it knew of the cancel. */
export function stepsAfterCancel(history: History): string[] {
  const events = eventsOf(history);
  const cancelledAt = events.findIndex(isCancel);
  return cancelledAt === -1 ? [] : events.slice(cancelledAt).flatMap((event) => stepOf(event) ?? []);
}

/** Whether the workflow has completed a task since the cancel, or has closed. */
export function hasHandledCancel(history: History): boolean {
  const events = eventsOf(history);
  const cancelledAt = events.findIndex(isCancel);
  return cancelledAt !== -1 && events.slice(cancelledAt).some((event) => event.workflowTaskCompletedEventAttributes);
}

/** Whether Temporal's own cancel reached the workflow, as opposed to the signal. */
export function wasCancelRequested(history: History): boolean {
  return eventsOf(history).some((event) => event.workflowExecutionCancelRequestedEventAttributes);
}

/** Whether a worker was too late with a task, as on a busy machine: then its local activities are repeated. */
export function hasTimedOutTask(history: History): boolean {
  return eventsOf(history).some((event) => event.workflowTaskTimedOutEventAttributes);
}

/** How the workflow closed. */
export function closedAs(history: History): 'completed' | 'failed' | 'cancelled' | 'terminated' | 'continued' | 'open' {
  const last = eventsOf(history).at(-1);
  if (last?.workflowExecutionCompletedEventAttributes) return 'completed';
  if (last?.workflowExecutionFailedEventAttributes) return 'failed';
  if (last?.workflowExecutionCanceledEventAttributes) return 'cancelled';
  if (last?.workflowExecutionTerminatedEventAttributes) return 'terminated';
  if (last?.workflowExecutionContinuedAsNewEventAttributes) return 'continued';
  return 'open';
}

function eventsOf(history: History): HistoryEvent[] {
  return history.events ?? [];
}

function isCancel(event: HistoryEvent): boolean {
  return (
    event.workflowExecutionSignaledEventAttributes?.signalName === 'cancel' ||
    Boolean(event.workflowExecutionCancelRequestedEventAttributes)
  );
}

function stepOf(event: HistoryEvent): string | undefined {
  if (event.timerStartedEventAttributes) return 'timer';
  if (event.startChildWorkflowExecutionInitiatedEventAttributes) return 'child';
  if (event.signalExternalWorkflowExecutionInitiatedEventAttributes) return 'signal';
  if (event.activityTaskScheduledEventAttributes)
    return event.activityTaskScheduledEventAttributes.activityType?.name ?? '';
  const marker = event.markerRecordedEventAttributes;
  if (marker?.markerName !== LOCAL_ACTIVITY_MARKER) return undefined;
  const data = marker.details?.data?.payloads?.[0]?.data;
  return (JSON.parse(Buffer.from(data ?? []).toString()) as { activity_type: string }).activity_type;
}
