import type { z } from 'zod';
import type { Tracing, TracingOptions } from './open-telemetry.ts';
import type { tracingVariables } from './variables.ts';

type TracingEnv = z.infer<z.ZodObject<typeof tracingVariables>>;

/**
 * Starts tracing if an endpoint is set. Otherwise OpenTelemetry is not even loaded.
 * @returns undefined: off
 */
export async function startTracing(
  env: TracingEnv,
  process: Pick<TracingOptions, 'service' | 'version' | 'log'>,
): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share } = env;
  if (endpoint === undefined) return undefined;
  const { createTracing } = await import('./open-telemetry.ts');
  return createTracing({ ...process, endpoint, share });
}
