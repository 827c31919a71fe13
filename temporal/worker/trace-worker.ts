import type { ActivityInterceptorsFactory, WorkerOptions } from '@temporalio/worker';
import type { Tracing } from '#process/tracing/open-telemetry.ts';

/** What traces the workflows and activities of a worker. The workflows' bundle must be a traced one. */
export interface WorkerTracing {
  readonly activity: ActivityInterceptorsFactory;
  readonly sinks: NonNullable<WorkerOptions['sinks']>;
}

export async function workerTracing({ processor, resource }: Tracing): Promise<WorkerTracing> {
  const { makeWorkflowExporter, OpenTelemetryActivityInboundInterceptor, OpenTelemetryActivityOutboundInterceptor } =
    await import('@temporalio/interceptors-opentelemetry');
  return {
    activity: (activity) => ({
      inbound: new OpenTelemetryActivityInboundInterceptor(activity),
      outbound: new OpenTelemetryActivityOutboundInterceptor(activity),
    }),
    // Not called while a workflow is replayed.
    sinks: { exporter: makeWorkflowExporter(processor, resource) },
  };
}
