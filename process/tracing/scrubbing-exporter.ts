import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';

/** Names, numbers and ids. All others are dropped: those of a workflow's span include its search attributes. */
const EXPORTED_ATTRIBUTES: ReadonlySet<string> = new Set([
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'server.address',
  'db.system.name',
  'error.type',
  'requestId',
  'generationId',
  // Of the Temporal SDK's interceptors.
  'run_id',
  'temporalWorkflowId',
  'temporalActivityId',
  'temporalUpdateId',
]);

/**
 * Exports spans without what may contain a prompt, a token or a signed address: the messages of errors, events, and attributes that are
 * not known to be harmless. An outage of the receiver is logged once at its beginning and once at its end.
 */
export function createScrubbingExporter(exporter: SpanExporter, log: Logger): SpanExporter {
  let available = true;
  return {
    export(spans, done) {
      exporter.export(spans.map(scrubbed), (result) => {
        const success = result.code === ExportResultCode.SUCCESS;
        if (success !== available) {
          if (success) log.info('traces are exported again');
          else log.warn({ err: result.error }, 'traces could not be exported; they are dropped until it works again');
        }
        available = success;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

function scrubbed(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([name]) => EXPORTED_ATTRIBUTES.has(name)),
  );
  const changes = { attributes, events: [], links: [], status: { code: span.status.code } };
  // A copy would lose what the span's prototype computes.
  return Object.create(
    span,
    Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, { value, enumerable: true }])),
  ) as ReadableSpan;
}
