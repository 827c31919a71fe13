import { z } from 'zod';

/** Read by API and workers; the names are OpenTelemetry's. */
export const tracingVariables = {
  /** Where traces are sent, by OTLP over HTTP; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** `name=value`, separated by commas: mostly what authenticates us there. Read by the exporter itself. */
  OTEL_EXPORTER_OTLP_HEADERS: z.string().min(1).optional(),
  /** The share of requests that are traced, 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
};
