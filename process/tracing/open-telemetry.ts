import { hostname } from 'node:os';
import { context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import { createScrubbingExporter } from './scrubbing-exporter.ts';
import { type OpenSpan, setTracer, type Tracer } from './spans.ts';

/** Spans that wait to be exported; while the receiver is away, later ones are dropped. About 1 KiB each. */
const QUEUE_MAX = 2_048;
const BATCH_MAX = 512;
const EXPORT_EVERY_MS = 1_000;
/** For one batch, all of its attempts included. */
const EXPORT_TIMEOUT_MS = 5_000;
/** For what is left at the end: a receiver that is away must not delay it further. */
const SHUTDOWN_TIMEOUT_MS = 2_000;

export interface Tracing {
  /** For the spans of workflows, which run in an isolate of their own. */
  readonly processor: SpanProcessor;
  readonly resource: Resource;
  /** Exports what is left, within 2 s, and ends tracing. */
  close(): Promise<void>;
}

export interface TracingOptions {
  readonly service: 'api' | 'worker';
  readonly version: string;
  readonly log: Logger;
  /** Without `/v1/traces`. */
  readonly endpoint: string;
  /** Of the requests, 0 to 1. */
  readonly share: number;
}

/** Installs OpenTelemetry in this process: W3C trace context, OTLP over HTTP, nothing that patches modules. */
export function createTracing({ service, version, log, endpoint, share }: TracingOptions): Tracing {
  const resource = Resource.default().merge(
    new Resource({
      'service.name': `avatar-studio-${service}`,
      'service.version': version,
      'service.instance.id': `${hostname()}:${process.pid}`,
    }),
  );
  const url = `${endpoint.replace(/\/$/u, '')}/v1/traces`;
  const exporter = createScrubbingExporter(new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS }), log);
  const processor = new BatchSpanProcessor(exporter, {
    maxQueueSize: QUEUE_MAX,
    maxExportBatchSize: BATCH_MAX,
    scheduledDelayMillis: EXPORT_EVERY_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const ratio = new TraceIdRatioBasedSampler(share);
  const provider = new BasicTracerProvider({
    resource,
    // A browser can't have its request traced regardless of the share. Workers follow the API, since the ratio is one of the trace's id.
    sampler: new ParentBasedSampler({ root: ratio, remoteParentSampled: ratio }),
    spanProcessors: [processor],
  });
  provider.register({
    contextManager: new AsyncLocalStorageContextManager().enable(),
    propagator: new W3CTraceContextPropagator(),
  });
  setTracer(createTracer());
  return {
    processor,
    resource,
    async close() {
      const timeout = new Promise<void>((resolve) => void setTimeout(resolve, SHUTDOWN_TIMEOUT_MS).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), timeout]);
      setTracer(undefined);
      for (const api of [trace, context, propagation]) api.disable();
    },
  };
}

function createTracer(): Tracer {
  const spans = trace.getTracer('avatar-studio');
  return {
    receive(name, traceparent) {
      const parent = propagation.extract(ROOT_CONTEXT, traceparent === undefined ? {} : { traceparent });
      return opened(spans.startSpan(name, { kind: SpanKind.SERVER }, parent));
    },
    call(name, attributes) {
      const span = spans.startSpan(name, { kind: SpanKind.CLIENT, attributes });
      return { ...opened(span), traceparent: traceparentOf(span) };
    },
    traceId: () => trace.getActiveSpan()?.spanContext().traceId,
  };
}

function opened(span: Span): OpenSpan {
  return {
    within: (work) => context.with(trace.setSpan(context.active(), span), work),
    end({ name, attributes, failed }) {
      if (name !== undefined) span.updateName(name);
      if (attributes !== undefined) span.setAttributes(attributes);
      span.setStatus({ code: failed ? SpanStatusCode.ERROR : SpanStatusCode.OK });
      span.end();
    },
  };
}

function traceparentOf(span: Span): string {
  const carrier: { traceparent?: string } = {};
  propagation.inject(trace.setSpan(ROOT_CONTEXT, span), carrier);
  return carrier.traceparent ?? '';
}
