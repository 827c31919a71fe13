import type { WorkflowClientInterceptor } from '@temporalio/client';
import { tracer } from '#process/tracing/spans.ts';

/** The interceptors of the client: each call is a span, and its workflow continues the trace. None while tracing is off. */
export async function clientTracing(): Promise<WorkflowClientInterceptor[]> {
  if (tracer() === undefined) return [];
  const { OpenTelemetryWorkflowClientInterceptor } = await import('@temporalio/interceptors-opentelemetry');
  return [new OpenTelemetryWorkflowClientInterceptor()];
}
