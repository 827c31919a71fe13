/** Values that may be exported: names, numbers and ids, never what a user wrote. */
export type SpanAttributes = Readonly<Record<string, string | number | undefined>>;

/** A span that its creator ends. */
export interface OpenSpan {
  /** Runs `work` as a part of the span, with all that it awaits. */
  within<Result>(work: () => Result): Result;
  end(outcome: { readonly name?: string; readonly attributes?: SpanAttributes; readonly failed: boolean }): void;
}

/** What a process that traces can do. */
export interface Tracer {
  /** A request that arrived. @param traceparent the caller's, W3C; a malformed one begins a new trace */
  receive(name: string, traceparent: string | undefined): OpenSpan;
  /** A call to another service, a part of what runs. */
  call(name: string, attributes: SpanAttributes): OpenSpan & { readonly traceparent: string };
  /** Of what runs; undefined outside of a trace. */
  traceId(): string | undefined;
}

let active: Tracer | undefined;

/** The tracer of this process; undefined while tracing is off, which is the default and costs this one check. */
export function tracer(): Tracer | undefined {
  return active;
}

/** Called once, at the start; undefined ends tracing, for tests. */
export function setTracer(one: Tracer | undefined): void {
  active = one;
}

/** For log entries. */
export function traceFields(): { traceId?: string } {
  const traceId = active?.traceId();
  return traceId === undefined ? {} : { traceId };
}

/** Runs `work` as a span of its own. */
export async function traced<Result>(
  name: string,
  attributes: SpanAttributes,
  work: () => Promise<Result>,
): Promise<Result> {
  if (active === undefined) return work();
  const span = active.call(name, attributes);
  try {
    const result = await span.within(work);
    span.end({ failed: false });
    return result;
  } catch (error) {
    span.end({ failed: true, attributes: { 'error.type': typeOf(error) } });
    throw error;
  }
}

function typeOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}
